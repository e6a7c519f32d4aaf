using System.Text.RegularExpressions;

namespace Mistral.Executions.Tests.Architecture;

/// <summary>In which folder of the core project each type is written.</summary>
internal static partial class SourceFolders
{
    /// <summary>Stands for files that lie in no folder.</summary>
    public const string Root = "(root)";

    /// <summary>The first folder of each type, by its full name without the number of type parameters.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var project = Path.Combine(RepositoryFiles.Root, "src", "Mistral.Executions");
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
        {
            var parts = Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar);
            if (parts[0] is "obj" or "bin")
            {
                continue;
            }

            var folder = parts.Length == 1 ? Root : parts[0];
            var text = File.ReadAllText(file);
            var space = Namespace().Match(text).Groups[1].Value;
            foreach (var name in Declaration().Matches(text).Select(m => $"{space}.{m.Groups[1].Value}"))
            {
                if (!folders.TryAdd(name, folder) && folders[name] != folder)
                {
                    throw new InvalidOperationException($"{name} is written in two folders, {folders[name]} and {folder}.");
                }
            }
        }

        return folders;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    // Only what begins a line is a type of its own; what is written further in lies in another.
    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|partial|ref|unsafe)\s+)*(?:class|record struct|record class|record|struct|interface|enum|delegate [\w<>?,. ]+?)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
