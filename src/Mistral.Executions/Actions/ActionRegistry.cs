using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Mistral.Executions.Actions;

/// <summary>The actions that an engine knows: those of the host, and ad-hoc actions from definitions. Immutable.</summary>
internal sealed class ActionRegistry
{
    private readonly FrozenDictionary<string, ActionDescriptor> _actions;
    private readonly ImmutableDictionary<(string Namespace, string Name), AdHocActionDefinition> _adHocActions;

    /// <summary>Creates a registry of these actions; of two with one name the later counts.</summary>
    public ActionRegistry(IEnumerable<ActionDescriptor> actions)
    {
        var byName = new Dictionary<string, ActionDescriptor>(StringComparer.Ordinal);
        foreach (var action in actions)
        {
            byName[action.Name] = action;
        }

        _actions = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _adHocActions = ImmutableDictionary<(string, string), AdHocActionDefinition>.Empty;
    }

    private ActionRegistry(FrozenDictionary<string, ActionDescriptor> actions, ImmutableDictionary<(string, string), AdHocActionDefinition> adHocActions) =>
        (_actions, _adHocActions) = (actions, adHocActions);

    /// <summary>This registry with ad-hoc actions added, or put in the place of those of the same name and namespace.</summary>
    /// <exception cref="DefinitionException">The host has an action of that name.</exception>
    public ActionRegistry With(IEnumerable<AdHocActionDefinition> definitions)
    {
        var adHocActions = _adHocActions;
        foreach (var definition in definitions)
        {
            if (_actions.ContainsKey(definition.Name))
            {
                throw new DefinitionException(new DefinitionFault($"The ad-hoc action '{definition.Name}' has the name of an action that is registered in C#. Give it another."));
            }

            adHocActions = adHocActions.SetItem((definition.Namespace, definition.Name), definition);
        }

        return new(_actions, adHocActions);
    }

    /// <summary>The action of that name: in the namespace, else in the one without a name; <see langword="null"/> when there is none.</summary>
    public RunnableAction? Find(string name, string @namespace) => Lookup(name, @namespace) switch
    {
        ActionDescriptor action => action,
        AdHocActionDefinition definition => AdHocAction.Resolve(this, definition),
        _ => null,
    };

    /// <summary>An <see cref="ActionDescriptor"/>, an <see cref="AdHocActionDefinition"/> or <see langword="null"/>.</summary>
    internal object? Lookup(string name, string @namespace)
    {
        if (_actions.TryGetValue(name, out var action))
        {
            return action;
        }

        return _adHocActions.TryGetValue((@namespace, name), out var definition) || _adHocActions.TryGetValue(("", name), out definition)
            ? definition
            : null;
    }
}
