using System.Globalization;

namespace Mistral.Executions.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = "usage: (all | NAME) [--dir DIR] [--synchronous FULL|NORMAL] [--scale full|small] [--runs N] [--json]";

    /// <summary>The line to measure, or <c>all</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the files are written, each line in a fresh folder of its own.</summary>
    public string Directory { get; init; } = Path.Combine(Path.GetTempPath(), "mistral-executions-benchmarks");

    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>Small is for a look whether everything works; its figures say little.</summary>
    public bool IsSmall { get; init; }

    public bool Json { get; init; }

    /// <summary>How often each variant is measured.</summary>
    public int Runs { get; init; } = 5;

    public static BenchmarkOptions Parse(string[] arguments)
    {
        var options = new BenchmarkOptions { Name = arguments[0] };
        for (var place = 1; place < arguments.Length; place++)
        {
            var name = arguments[place];
            string Value() => ++place < arguments.Length ? arguments[place] : throw new ArgumentException($"{name} needs a value.");
            options = name switch
            {
                "--dir" => options with { Directory = Path.GetFullPath(Value()) },
                "--synchronous" => options with { Synchronous = Enum.Parse<SqliteSynchronous>(Value(), ignoreCase: true) },
                "--scale" => options with { IsSmall = Value() == "small" },
                "--runs" => options with { Runs = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--json" => options with { Json = true },
                _ => throw new ArgumentException($"Unknown option '{name}'."),
            };
        }

        return options;
    }

    /// <summary>The size of something, or a small one.</summary>
    public int Scale(int full, int small) => IsSmall ? small : full;

    /// <summary>A fresh folder for one line.</summary>
    public string Fresh(string name)
    {
        var path = Path.Combine(Directory, name);
        if (System.IO.Directory.Exists(path))
        {
            System.IO.Directory.Delete(path, recursive: true);
        }

        return System.IO.Directory.CreateDirectory(path).FullName;
    }
}
