namespace Mistral.Executions.Language.Tests;

/// <summary>What the real Mistral answers, where that data lies beside the repository.</summary>
internal static class ConformanceFolder
{
    /// <summary>A folder of the data; the test is reported as not run where it is missing.</summary>
    internal static string Find(string name)
    {
        var folders = new List<string?> { Environment.GetEnvironmentVariable("MISTRAL_CONFORMANCE") };
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder?.Parent is { } parent; folder = parent)
        {
            folders.Add(Path.Combine(parent.FullName, "shared", "conformance"));
        }

        var found = folders.OfType<string>().Select(f => Path.Combine(f, name)).FirstOrDefault(Directory.Exists);
        if (found is null)
        {
            Assert.Ignore($"Not run: there is no folder shared/conformance/{name} beside the repository, and MISTRAL_CONFORMANCE names none.");
        }

        return found!;
    }
}
