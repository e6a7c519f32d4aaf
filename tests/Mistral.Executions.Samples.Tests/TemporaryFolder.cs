namespace Mistral.Executions.Samples.Tests;

/// <summary>Each test works in a folder of its own, which is the current one meanwhile.</summary>
public abstract class TemporaryFolder
{
    private string _before = "";

    protected string Folder { get; private set; } = "";

    [SetUp]
    public void Enter()
    {
        _before = Directory.GetCurrentDirectory();
        Folder = Directory.CreateTempSubdirectory("mistral-samples-").FullName;
        Directory.SetCurrentDirectory(Folder);
    }

    [TearDown]
    public void Leave()
    {
        Directory.SetCurrentDirectory(_before);
        Directory.Delete(Folder, recursive: true);
    }
}
