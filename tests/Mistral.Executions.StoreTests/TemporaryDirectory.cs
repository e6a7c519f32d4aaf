namespace Mistral.Executions.StoreTests;

/// <summary>A directory that is deleted, with all that is in it, at the end.</summary>
internal sealed class TemporaryDirectory
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mistral-store-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Delete() => Directory.Delete(Path, recursive: true);
}
