namespace Mistral.Executions.Actions;

/// <summary>What counts as nothing in Mistral, whose values are Python's.</summary>
internal static class PythonTruth
{
    /// <summary>Whether the value is null, false, zero, or without characters, elements or members.</summary>
    public static bool IsNothing(JsonData value) => value.Kind switch
    {
        JsonKind.Null => true,
        JsonKind.Boolean => !value.AsBoolean(),
        JsonKind.Integer => value.AsInteger().IsZero,
        JsonKind.Float => value.AsDouble() == 0,
        JsonKind.String => value.AsString().Length == 0,
        JsonKind.Array => value.AsArray().Count == 0,
        _ => value.AsObject().Count == 0,
    };
}
