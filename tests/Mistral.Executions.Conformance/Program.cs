using Mistral.Executions.Conformance.Expressions;
using Mistral.Executions.Conformance.Scenarios;

return args switch
{
    ["expressions", _, ..] => ExpressionCommand.Run(args.AsSpan(1), Console.Out),
    ["scenarios", _, ..] => await ScenarioCommand.RunAsync(args[1..], Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: expressions FILE.jsonl... | scenarios [--memory-only] FOLDER...");
    return 2;
}
