using Dapper;

namespace Mistral.Executions;

/// <summary>
/// Parameters of a statement that Dapper runs. Given by name, and rows read by hand: so it emits no code at run time, which
/// costs time at the start of a process and is not to be had in one that is compiled ahead of time.
/// </summary>
internal static class SqliteParameters
{
    public static DynamicParameters Of(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var parameters = new DynamicParameters();
        foreach (var (name, value) in values)
        {
            parameters.Add(name, value);
        }

        return parameters;
    }
}
