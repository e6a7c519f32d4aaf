namespace Mistral.Executions.Cli;

/// <summary>What the exit code of the tool says. Scripts rely on the numbers.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int No = 1;
    public const int WrongUsage = 2;
    public const int NotFound = 3;
    public const int StoreUnusable = 4;
    public const int NotYet = 5;
    public const int Interrupted = 130;

    /// <summary>Each code with its meaning, for the help.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Done, "done"),
        (No, "the answer is no: refused, failed, wrong or unsound"),
        (WrongUsage, "the command line is wrong"),
        (NotFound, "there is no such execution"),
        (StoreUnusable, "the store cannot be used"),
        (NotYet, "asked for, but no engine has answered yet"),
        (Interrupted, "interrupted"),
    ];
}
