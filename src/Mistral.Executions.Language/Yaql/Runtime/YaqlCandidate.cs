namespace Mistral.Executions.Language.Yaql.Runtime;

/// <summary>An overload that takes the arguments of a call, and which parameter takes which.</summary>
/// <param name="Function">The overload.</param>
/// <param name="Positional">The type that takes each argument by place.</param>
/// <param name="Named">The type that takes each argument by name; null for one that was not looked at.</param>
internal sealed record YaqlCandidate(YaqlFunction Function, YaqlParameterType[] Positional, YaqlParameterType?[] Named)
{
    /// <summary>Whether both leave the same arguments unevaluated.</summary>
    internal bool IsAsLazyAs(YaqlCandidate other)
    {
        for (var i = 0; i < Positional.Length; i++)
        {
            if (Positional[i].IsLazy != other.Positional[i].IsLazy)
            {
                return false;
            }
        }

        for (var i = 0; i < Named.Length; i++)
        {
            if (Named[i] is { IsLazy: true } != other.Named[i] is { IsLazy: true })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether it is more special than the other: in one argument at least, and in none less.</summary>
    internal bool IsMoreSpecialThan(YaqlCandidate other)
    {
        var result = false;
        for (var i = 0; i < Positional.Length; i++)
        {
            if (other.Positional[i].IsMoreSpecialThan(Positional[i]))
            {
                return false;
            }

            result |= Positional[i].IsMoreSpecialThan(other.Positional[i]);
        }

        for (var i = 0; i < Named.Length; i++)
        {
            if (Named[i] is not { } own || other.Named[i] is not { } theirs)
            {
                continue;
            }

            if (theirs.IsMoreSpecialThan(own))
            {
                return false;
            }

            result |= own.IsMoreSpecialThan(theirs);
        }

        return result;
    }

    /// <summary>Matches arguments with the parameters of an overload; null when it does not take them.</summary>
    /// <param name="function">The overload.</param>
    /// <param name="arguments">The arguments by place.</param>
    /// <param name="names">The names of the others.</param>
    /// <param name="named">The arguments by name.</param>
    /// <param name="kinds">The kinds of the values, by place and then by name.</param>
    /// <param name="isEvaluated">Whether the kinds are known, so that named arguments are checked too.</param>
    internal static YaqlCandidate? Match(
        YaqlFunction function, YaqlArgument[] arguments, string[] names, YaqlArgument[] named, ReadOnlySpan<YaqlKind> kinds, bool isEvaluated)
    {
        var parameters = function.Parameters;
        if (arguments.Length > parameters.Length && function.Rest is null)
        {
            return null;
        }

        var positional = arguments.Length == 0 ? [] : new YaqlParameterType[arguments.Length];
        var byName = names.Length == 0 ? [] : new YaqlParameterType?[names.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            var name = names.Length == 0 ? -1 : Array.IndexOf(names, parameter.Name);
            if (i < arguments.Length && !arguments[i].IsLeftOut)
            {
                if (name >= 0 || !parameter.Type.Accepts(arguments[i], kinds[i]))
                {
                    return null;
                }

                positional[i] = parameter.Type;
            }
            else if (name >= 0)
            {
                if (i < arguments.Length || (isEvaluated && !parameter.Type.Accepts(named[name], kinds[arguments.Length + name])))
                {
                    return null;
                }

                byName[name] = parameter.Type;
            }
            else if (!parameter.HasDefault)
            {
                return null;
            }
            else if (i < arguments.Length)
            {
                positional[i] = parameter.Type;
            }
        }

        for (var i = parameters.Length; i < arguments.Length; i++)
        {
            if (!function.Rest!.Accepts(arguments[i], kinds[i]))
            {
                return null;
            }

            positional[i] = function.Rest;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (byName[i] is null && !Array.Exists(parameters, p => p.Name == names[i]))
            {
                if (!function.TakesAnyName)
                {
                    return null;
                }

                byName[i] = YaqlParameterType.Any;
            }
        }

        return new(function, positional, byName);
    }
}
