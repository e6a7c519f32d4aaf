using Mistral.Executions.Decisions;

namespace Mistral.Executions.Actions;

/// <summary>
/// An action made of another one, with the chain down to the action whose body runs. See "Ad-hoc Actions" in Mistral's
/// description of the workflow language.
/// </summary>
internal sealed class AdHocAction : RunnableAction
{
    private readonly AdHocActionDefinition[] _chain;
    private readonly ActionDescriptor? _body;
    private readonly DefinitionException? _fault;

    private AdHocAction(AdHocActionDefinition[] chain, ActionDescriptor? body, DefinitionException? fault) =>
        (_chain, _body, _fault) = (chain, body, fault);

    public override string Name => _chain[0].Name;

    public override ActionDescriptor Body => _body ?? throw _fault!;

    /// <summary>Follows the bases of a definition. A fault in the chain shows when the action is about to run.</summary>
    public static AdHocAction Resolve(ActionRegistry registry, AdHocActionDefinition definition)
    {
        var chain = new List<AdHocActionDefinition> { definition };
        while (true)
        {
            var last = chain[^1];
            var inCycle = false;
            object? next = null;
            foreach (var name in NamesOfBase(last))
            {
                var found = registry.Lookup(name, last.Namespace);
                if (found is AdHocActionDefinition other && chain.Contains(other))
                {
                    inCycle = true;
                    continue;
                }

                next = found;
                if (next is not null)
                {
                    break;
                }
            }

            switch (next)
            {
                case ActionDescriptor body:
                    return new([.. chain], body, null);
                case AdHocActionDefinition other:
                    chain.Add(other);
                    continue;
                default:
                    return new([.. chain], null, Fault(inCycle
                        ? $"The ad-hoc action '{definition.Name}' can never run: its chain of bases comes back to '{last.Base}'."
                        : $"The ad-hoc action '{last.Name}' can never run: its base action '{last.Base}' is not known{InNamespace(last)}."));
            }
        }
    }

    public override IReadOnlyCollection<string> SecretInputs =>
        [.. _chain.SelectMany(static link => link.Input).Where(static parameter => parameter.IsSecret).Select(static parameter => parameter.Name), .. _body?.SecretInputs ?? []];

    public override bool IsOutputSecret => _body?.IsOutputSecret == true;

    public override TimeSpan? Deadline => Body.Deadline;

    public override TimeSpan? Heartbeat => Body.Heartbeat;

    public override bool IsSafeToRerun(JsonMap input) => Body.IsSafeToRerun(input);

    public override ActionMode ModeFor(JsonMap input) => Body.ModeFor(input);

    public override string? CheckInput(JsonMap input) =>
        ActionParameters
            .Of(
                _chain[0].Input.Where(parameter => parameter.Default is null).Select(parameter => parameter.Name),
                _chain[0].Input.Where(parameter => parameter.Default is not null).Select(parameter => parameter.Name))
            .Check(Name, input);

    public override JsonMap FillDefaults(JsonMap input) => FillDefaults(_chain[0], input);

    public override bool PassesDataOn => false;

    public override JsonMap PrepareInput(JsonMap input, Func<JsonData, IExpressionContext> scope)
    {
        var body = Body;
        foreach (var definition in _chain)
        {
            if (definition.BaseInput is null)
            {
                input = JsonMap.Empty;
                continue;
            }

            var baseInput = definition.BaseInput.Evaluate(scope(FillDefaults(definition, input)));
            input = baseInput.Kind == JsonKind.Object
                ? baseInput.AsObject()
                : throw Fault($"The base-input of the ad-hoc action '{definition.Name}' gave {baseInput.Kind}, but the input of an action is an object.");
        }

        return body.CheckInput(input) is { } wrong
            ? throw Fault($"The ad-hoc action '{Name}' cannot run its base: {wrong}")
            : input;
    }

    public override ActionResult TransformResult(ActionResult result, Func<JsonData, IExpressionContext> scope)
    {
        if (result.State != ExecutionState.Success)
        {
            return result;
        }

        var value = result.Value;
        for (var place = _chain.Length - 1; place >= 0; place--)
        {
            if (_chain[place].Output is { } output)
            {
                value = IsEvaluatedOver(value, output) ? output.Evaluate(scope(value)) : output.Text;
            }
        }

        return ActionResult.Success(value);
    }

    // Mistral evaluates no expression over an empty result: the output is the text of the expression then.
    private static bool IsEvaluatedOver(JsonData result, IExpression output) =>
        output is DelegateExpression or ConstantExpression || Truth.Of(result);

    private static JsonMap FillDefaults(AdHocActionDefinition definition, JsonMap input)
    {
        foreach (var (name, value) in definition.Input)
        {
            if (value is { } given && !input.ContainsKey(name))
            {
                input = input.With(name, given);
            }
        }

        return input;
    }

    private static IEnumerable<string> NamesOfBase(AdHocActionDefinition definition) =>
        definition.Workbook is { Length: > 0 } workbook ? [$"{workbook}.{definition.Base}", definition.Base] : [definition.Base];

    private static string InNamespace(AdHocActionDefinition definition) =>
        definition.Namespace.Length == 0 ? "" : $" in the namespace '{definition.Namespace}' or outside of it";

    private static DefinitionException Fault(string reason) => new(new DefinitionFault(reason));
}
