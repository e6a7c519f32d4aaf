namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>
/// What is known of a call before its arguments are evaluated: the overloads that can fit, and which arguments stay
/// unevaluated. It remembers which overload the kinds of values chose last.
/// </summary>
internal sealed class YaqlResolution
{
    private readonly string _name;
    private readonly bool _isMethod;
    private readonly List<List<YaqlCandidate>> _levels;
    private YaqlBinding? _last;

    private YaqlResolution(string name, bool isMethod, YaqlArgument[] arguments, string[] names, YaqlArgument[] named, List<List<YaqlCandidate>> levels)
    {
        (_name, _isMethod, Arguments, Names, Named, _levels) = (name, isMethod, arguments, names, named, levels);
        var first = levels[0][0];
        IsLazy = Array.ConvertAll(first.Positional, static t => t.IsLazy);
        IsNamedLazy = Array.ConvertAll(first.Named, static t => t is { IsLazy: true });
    }

    internal YaqlArgument[] Arguments { get; }

    internal string[] Names { get; }

    internal YaqlArgument[] Named { get; }

    /// <summary>Which arguments by place are not evaluated before the call.</summary>
    internal bool[] IsLazy { get; }

    internal bool[] IsNamedLazy { get; }

    /// <summary>Finds the overloads that can fit a call.</summary>
    /// <param name="name">The name that is called.</param>
    /// <param name="isMethod">Whether it is called on a value, which is the first argument.</param>
    /// <param name="arguments">What stands at each place.</param>
    /// <param name="extraNames">Names of arguments that are no part of <paramref name="arguments"/>; their values are there already.</param>
    /// <param name="levels">All overloads of the name.</param>
    /// <param name="receiver">The kind of the first argument of a method.</param>
    /// <param name="valueKinds">The kinds of arguments that are values already, by place; null when only the receiver can be one.</param>
    internal static YaqlResolution Resolve(
        string name,
        bool isMethod,
        YaqlArgument[] arguments,
        string[] extraNames,
        IReadOnlyList<YaqlFunction[]> levels,
        YaqlKind receiver,
        YaqlKind[]? valueKinds)
    {
        var hasNoNames = levels[0][0].HasNoNames;
        var (positional, names, named) = Translate(name, hasNoNames, arguments, extraNames);
        Span<YaqlKind> kinds = positional.Length + named.Length <= 16
            ? stackalloc YaqlKind[positional.Length + named.Length]
            : new YaqlKind[positional.Length + named.Length];
        for (var i = 0; i < kinds.Length; i++)
        {
            var argument = i < positional.Length ? positional[i] : named[i - positional.Length];
            kinds[i] = argument.Node is Syntax.YaqlConstantNode constant ? YaqlKinds.Of(constant.Value)
                : argument.Node is not null ? YaqlKind.Unevaluated
                : argument.IsLeftOut ? YaqlKind.Other
                : valueKinds is not null && i < valueKinds.Length ? valueKinds[i]
                : i == 0 && isMethod ? receiver : YaqlKind.Unevaluated;
        }

        var fitting = new List<List<YaqlCandidate>>(levels.Count);
        YaqlCandidate? first = null;
        foreach (var level in levels)
        {
            List<YaqlCandidate>? own = null;
            foreach (var function in level)
            {
                if (function.HasNoNames != hasNoNames)
                {
                    throw YaqlErrors.Ambiguous(name, isMethod);
                }

                if (YaqlCandidate.Match(function, positional, names, named, kinds, isEvaluated: false) is not { } candidate)
                {
                    continue;
                }

                first ??= candidate;
                if (!candidate.IsAsLazyAs(first))
                {
                    throw YaqlErrors.Ambiguous(name, isMethod);
                }

                (own ??= []).Add(candidate);
            }

            if (own is not null)
            {
                fitting.Add(own);
            }
        }

        return fitting.Count > 0
            ? new(name, isMethod, positional, names, named, fitting)
            : throw YaqlErrors.NoMatch(name, isMethod, Described(kinds));
    }

    /// <summary>The overload for these kinds of values, by place and then by name.</summary>
    internal YaqlBinding Bind(ReadOnlySpan<YaqlKind> kinds)
    {
        var last = _last;
        if (last is not null && last.IsFor(kinds))
        {
            return last;
        }

        YaqlCandidate? winner = null;
        foreach (var level in _levels)
        {
            foreach (var candidate in level)
            {
                if (YaqlCandidate.Match(candidate.Function, Arguments, Names, Named, kinds, isEvaluated: true) is not { } found)
                {
                    continue;
                }

                if (winner is not null)
                {
                    if (winner.IsMoreSpecialThan(found))
                    {
                        continue;
                    }

                    if (!found.IsMoreSpecialThan(winner))
                    {
                        throw YaqlErrors.Ambiguous(_name, _isMethod);
                    }
                }

                winner = found;
            }

            if (winner is not null)
            {
                break;
            }
        }

        if (winner is null)
        {
            throw YaqlErrors.NoMatch(_name, _isMethod, Described(kinds));
        }

        return _last = YaqlBinding.Create(winner.Function, Arguments, Names, Named, kinds);
    }

    private static (YaqlArgument[] Positional, string[] Names, YaqlArgument[] Named) Translate(
        string name, bool hasNoNames, YaqlArgument[] arguments, string[] extraNames)
    {
        if (hasNoNames)
        {
            return extraNames.Length == 0 ? (arguments, [], []) : throw YaqlErrors.NoNames(name);
        }

        if (extraNames.Length == 0 && !Array.Exists(arguments, static a => a.Node is Syntax.YaqlMappingNode))
        {
            return (arguments, [], []);
        }

        var positional = new List<YaqlArgument>(arguments.Length);
        var named = new OrderedDictionary<string, YaqlArgument>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            if (argument.Node is Syntax.YaqlMappingNode mapping)
            {
                var key = mapping.Source is Syntax.YaqlConstantNode { IsKeyword: true } keyword
                    ? (string)keyword.Value!
                    : throw YaqlErrors.Translation();
                named[key] = YaqlArgument.Of(mapping.Destination);
            }
            else
            {
                positional.Add(argument);
            }
        }

        foreach (var extra in extraNames)
        {
            if (!named.TryAdd(extra, YaqlArgument.Value))
            {
                throw YaqlErrors.Translation();
            }
        }

        return ([.. positional], [.. named.Keys], [.. named.Values]);
    }

    private static List<string> Described(ReadOnlySpan<YaqlKind> kinds)
    {
        var names = new List<string>(kinds.Length);
        foreach (var kind in kinds)
        {
            names.Add(kind switch
            {
                YaqlKind.None => "null",
                YaqlKind.Boolean => "boolean",
                YaqlKind.Integer => "integer",
                YaqlKind.Float => "float",
                YaqlKind.Text => "string",
                YaqlKind.Tuple or YaqlKind.List => "list",
                YaqlKind.Dictionary => "dict",
                YaqlKind.Set or YaqlKind.SetView => "set",
                YaqlKind.ValuesView or YaqlKind.Iterator or YaqlKind.Ordering => "lazy sequence",
                YaqlKind.DateTime => "datetime",
                YaqlKind.TimeSpan => "timespan",
                YaqlKind.Regex => "regex",
                YaqlKind.Scope => "context",
                YaqlKind.Mapping => "mapping",
                YaqlKind.Other => "other",
                _ => "expression",
            });
        }

        return names;
    }
}
