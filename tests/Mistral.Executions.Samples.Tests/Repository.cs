namespace Mistral.Executions.Samples.Tests;

/// <summary>The files of the repository around the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The program of a sample, as it was built together with the tests.</summary>
    public static string Sample(string name)
    {
        var output = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        return Path.Combine(Root, "samples", name, "bin", output.Parent!.Name, output.Name, name + ".dll");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mistral.Executions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests must run below the repository.");
    }
}
