namespace Mistral.Executions;

/// <summary>The room that a store takes.</summary>
/// <param name="UsedBytes">The bytes that executions and all else that is kept take; <see langword="null"/> where a store cannot say.</param>
/// <param name="FreeBytes">The bytes that deleted executions left and that are not given back yet. They are used again.</param>
public readonly record struct StoreSpace(long? UsedBytes, long FreeBytes);
