using Mistral.Executions.Conformance.Expressions;

return args switch
{
    ["expressions", _, ..] => ExpressionCommand.Run(args.AsSpan(1), Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: expressions FILE.jsonl...");
    return 2;
}
