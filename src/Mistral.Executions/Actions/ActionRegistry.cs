using System.Collections.Immutable;

namespace Mistral.Executions.Actions;

/// <summary>The actions that an engine knows: those of the host, and ad-hoc actions from definitions. Immutable.</summary>
internal sealed class ActionRegistry
{
    private readonly ImmutableDictionary<string, ActionDescriptor> _standardActions;
    private readonly ImmutableDictionary<string, ActionDescriptor> _hostActions;
    private readonly ImmutableDictionary<(string Namespace, string Name), AdHocActionDefinition> _adHocActions;

    private ActionRegistry(
        ImmutableDictionary<string, ActionDescriptor> standardActions,
        ImmutableDictionary<string, ActionDescriptor> hostActions,
        ImmutableDictionary<(string, string), AdHocActionDefinition> adHocActions) =>
        (_standardActions, _hostActions, _adHocActions) = (standardActions, hostActions, adHocActions);

    /// <summary>A registry of actions that the host can replace.</summary>
    public static ActionRegistry Of(IEnumerable<ActionDescriptor> standardActions) => new(
        standardActions.ToImmutableDictionary(action => action.Name, StringComparer.Ordinal),
        ImmutableDictionary.Create<string, ActionDescriptor>(StringComparer.Ordinal),
        ImmutableDictionary<(string, string), AdHocActionDefinition>.Empty);

    /// <summary>This registry with an action of the host added.</summary>
    /// <exception cref="ArgumentException">The host has an action of that name already.</exception>
    public ActionRegistry With(ActionDescriptor action) => _hostActions.ContainsKey(action.Name)
        ? throw new ArgumentException($"The action '{action.Name}' is registered twice. Give one of the two another name.", nameof(action))
        : new(_standardActions, _hostActions.Add(action.Name, action), _adHocActions);

    /// <summary>This registry with ad-hoc actions added, or put in the place of those of the same name and namespace.</summary>
    /// <exception cref="DefinitionException">The host has an action of that name.</exception>
    public ActionRegistry With(IEnumerable<AdHocActionDefinition> definitions)
    {
        var adHocActions = _adHocActions;
        foreach (var definition in definitions)
        {
            if (_hostActions.ContainsKey(definition.Name) || _standardActions.ContainsKey(definition.Name))
            {
                throw new DefinitionException(new DefinitionFault($"The ad-hoc action '{definition.Name}' has the name of an action that is registered in C#. Give it another."));
            }

            adHocActions = adHocActions.SetItem((definition.Namespace, definition.Name), definition);
        }

        return new(_standardActions, _hostActions, adHocActions);
    }

    /// <summary>This registry with actions in the place of whatever has their names, ad-hoc actions included.</summary>
    public ActionRegistry Replacing(IReadOnlyDictionary<string, Func<ActionDescriptor?, ActionDescriptor>> replacements) => new(
        _standardActions,
        _hostActions.SetItems(replacements.Select(r => KeyValuePair.Create(r.Key, r.Value(Lookup(r.Key, "") as ActionDescriptor)))),
        _adHocActions);

    /// <summary>Whether any action has secret parameters or a secret result.</summary>
    public bool HasSecrets =>
        _hostActions.Values.Any(static action => action.IsOutputSecret || action.SecretInputs.Count > 0)
        || _adHocActions.Values.Any(static definition => definition.Input.Any(static parameter => parameter.IsSecret));

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
        if (_hostActions.TryGetValue(name, out var action) || _standardActions.TryGetValue(name, out action))
        {
            return action;
        }

        return _adHocActions.TryGetValue((@namespace, name), out var definition) || _adHocActions.TryGetValue(("", name), out definition)
            ? definition
            : null;
    }
}
