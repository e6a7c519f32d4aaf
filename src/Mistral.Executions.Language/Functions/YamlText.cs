using Mistral.Executions.Language.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mistral.Executions.Language.Functions;

/// <summary>YAML as Mistral's <c>yaml_parse</c> and <c>yaml_dump</c> have it. Anchors and aliases are plain text.</summary>
internal sealed class YamlText
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    private const int MaximumNesting = 250;

    private readonly Parser _events;
    private readonly EvaluationBudget _budget;
    private int _nesting;

    private YamlText(Parser events, EvaluationBudget budget) => (_events, _budget) = (events, budget);

    /// <summary>The value as YAML in block style, keys in order.</summary>
    /// <exception cref="PythonErrorException">A value has no YAML form (RepresenterError).</exception>
    internal static string Dump(object? value, EvaluationBudget budget) => YamlWriter.Write(value, budget);

    /// <summary>The value that a YAML text holds.</summary>
    /// <exception cref="PythonErrorException">The text is no YAML (YAMLError).</exception>
    internal static object? Parse(string text, EvaluationBudget budget)
    {
        budget.Allocate(text.Length);
        budget.Read(text.Length, setup: 20);
        try
        {
            using var reader = new StringReader(text);
            return new YamlText(new Parser(reader), budget).ReadDocument();
        }
        catch (YamlException error)
        {
            throw new PythonErrorException(
                "YAMLError", $"the text is no YAML: {error.Message} (line {error.Start.Line}, column {error.Start.Column})");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // What the parser throws where a list starts inside braces, and for a tag that is no URI.
            throw new PythonErrorException("YAMLError", "the text is no YAML");
        }
    }

    private object? ReadDocument()
    {
        _events.Consume<StreamStart>();
        if (_events.Accept<StreamEnd>(out _))
        {
            return null;
        }

        _events.Consume<DocumentStart>();
        var value = Read();
        _events.Consume<DocumentEnd>();
        return _events.Accept<StreamEnd>(out _) ? value : throw Error("the text has several documents, and one is expected");
    }

    private object? Read()
    {
        EvaluationBudget.EnsureStack();
        _budget.Allocate(1);
        if (_events.TryConsume<AnchorAlias>(out var alias))
        {
            return "*" + alias.Value.Value;
        }

        if (_events.TryConsume<Scalar>(out var scalar))
        {
            return ReadScalar(scalar);
        }

        var node = _events.Current as NodeEvent ?? throw Error("a value was expected");
        if (!node.Anchor.IsEmpty)
        {
            throw Error("anchors are plain text, and cannot stand before a list or a mapping");
        }

        if (++_nesting > MaximumNesting)
        {
            throw Error($"it is nested more than {MaximumNesting} deep");
        }

        object value = _events.TryConsume<SequenceStart>(out var sequence) ? ReadSequence(sequence) : ReadMapping(_events.Consume<MappingStart>());
        _nesting--;
        return value;
    }

    private object? ReadScalar(Scalar scalar)
    {
        if (!scalar.Anchor.IsEmpty)
        {
            return scalar.Value.Length == 0 ? $"&{scalar.Anchor.Value}" : $"&{scalar.Anchor.Value} {scalar.Value}";
        }

        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        if (tag is null or "?")
        {
            return scalar.Style == ScalarStyle.Plain ? YamlScalar.Resolve(scalar.Value, _budget) : scalar.Value;
        }

        return tag switch
        {
            "!" or TagPrefix + "str" => scalar.Value,
            TagPrefix + "int" => YamlScalar.ToInteger(scalar.Value, _budget),
            TagPrefix + "float" => YamlScalar.Resolve(scalar.Value, _budget) as double? ?? YamlScalar.ToFloat(scalar.Value, _budget),
            TagPrefix + "null" => null,
            TagPrefix + "bool" => YamlScalar.Resolve(scalar.Value, _budget) as bool? ?? throw Error($"'{scalar.Value}' is no boolean"),
            TagPrefix + "timestamp" => YamlScalar.Resolve(scalar.Value, _budget),
            _ => throw Error($"the tag '{tag}' is not known"),
        };
    }

    private PythonList ReadSequence(SequenceStart start)
    {
        RequireTag(start.Tag, "seq");
        var list = PythonList.NewList();
        while (!_events.TryConsume<SequenceEnd>(out _))
        {
            list.Add(Read(), _budget);
        }

        return list;
    }

    private PythonDictionary ReadMapping(MappingStart start)
    {
        RequireTag(start.Tag, "map");
        var dictionary = new PythonDictionary(isFrozen: false, _budget);
        var merged = new List<PythonDictionary>();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            var isMerge = _events.Accept<Scalar>(out var scalar) && scalar is { Value: "<<", Style: ScalarStyle.Plain } && scalar.Tag.IsEmpty;
            var key = Read();
            var value = Read();
            if (isMerge)
            {
                AddMerged(value, merged);
            }
            else
            {
                dictionary.Set(key, value, _budget);
            }
        }

        return merged.Count == 0 ? dictionary : Merge(merged, dictionary);
    }

    private static void AddMerged(object? value, List<PythonDictionary> merged)
    {
        if (value is PythonDictionary one)
        {
            merged.Add(one);
            return;
        }

        var list = value as PythonList ?? throw Error("'<<' merges a mapping or a list of mappings");
        for (var i = list.Count - 1; i >= 0; i--)
        {
            merged.Add(list[i] as PythonDictionary ?? throw Error("'<<' merges a mapping or a list of mappings"));
        }
    }

    private PythonDictionary Merge(List<PythonDictionary> merged, PythonDictionary own)
    {
        var result = new PythonDictionary(isFrozen: false, _budget);
        foreach (var other in merged)
        {
            result.SetAll(other, _budget);
        }

        result.SetAll(own, _budget);
        return result;
    }

    private static void RequireTag(TagName tag, string kind)
    {
        if (!tag.IsEmpty && tag.Value is not ("!" or "?") && tag.Value != TagPrefix + kind)
        {
            throw Error($"the tag '{tag.Value}' is not known");
        }
    }

    private static PythonErrorException Error(string reason) => new("YAMLError", $"the text is no YAML: {reason}");
}
