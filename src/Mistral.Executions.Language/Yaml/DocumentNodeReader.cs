using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mistral.Executions.Language.Yaml;

/// <summary>Makes the nodes of one YAML document, within limits that hold before memory is spent.</summary>
internal sealed class DocumentNodeReader
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    private readonly DocumentFaults _faults;
    private readonly LanguageLimits _limits;
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, DocumentNode> _anchors = [];
    private readonly HashSet<AnchorName> _open = [];
    private int _nodes;

    private DocumentNodeReader(string text, LanguageLimits limits, DocumentFaults faults)
    {
        _limits = limits;
        _faults = faults;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The top of the document; <see langword="null"/> for an empty one.</summary>
    /// <exception cref="DefinitionException">The text is no YAML, or larger than the limits allow.</exception>
    public static DocumentNode? Read(string text, LanguageLimits limits, DocumentFaults faults)
    {
        if (text.Length > limits.MaximumLength)
        {
            throw faults.Stop(new(1, 1, 0, 0), DocumentPath.Top, $"The document has {text.Length} characters; at most {limits.MaximumLength} are allowed ({nameof(LanguageLimits.MaximumLength)}).");
        }

        RefuseUnprintable(text, faults);
        return new DocumentNodeReader(text, limits, faults).ReadDocument();
    }

    // The same characters as Mistral's reader takes: no control characters, no halves of surrogate pairs.
    private static void RefuseUnprintable(string text, DocumentFaults faults)
    {
        var (line, lineStart) = (1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\n')
            {
                (line, lineStart) = (line + 1, i + 1);
            }

            var isPair = char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var isPrintable = character is '\t' or '\n' or '\r' or '\u0085' or (>= ' ' and <= '~') or (>= '\u00a0' and <= '\ud7ff') or (>= '\ue000' and <= '\ufffd');
            if (!isPrintable && !isPair)
            {
                throw faults.Stop(new(line, i - lineStart + 1, i, i + 1), DocumentPath.Top, $"This is no valid YAML: the character U+{(int)character:X4} is not allowed.");
            }

            i += isPair ? 1 : 0;
        }
    }

    private static SourcePlace PlaceOf(Mark start, Mark end) => new((int)start.Line, (int)start.Column, (int)start.Index, (int)end.Index);

    private DocumentNode? ReadDocument()
    {
        Next();
        Next();
        if (_parser.Current is StreamEnd)
        {
            return null;
        }

        Next();
        var node = ReadNode(DocumentPath.Top, 1);
        Next();
        if (_parser.Current is DocumentStart second)
        {
            _faults.Add(PlaceOf(second.Start, second.End), DocumentPath.Top, "A second YAML document starts here; a text holds one.");
        }

        return node;
    }

    private void Next()
    {
        try
        {
            _ = _parser.MoveNext();
        }
        catch (YamlException exception)
        {
            throw _faults.Stop(PlaceOf(exception.Start, exception.End), DocumentPath.Top, $"This is no valid YAML: {exception.Message}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What the parser throws where a list starts inside braces, and for a tag that is no URI.
            var last = _parser.Current;
            var place = last is null ? new(1, 1, 0, 0) : PlaceOf(last.End, last.End);
            throw _faults.Stop(place, DocumentPath.Top, "This is no valid YAML: what follows here cannot be read.");
        }
    }

    /// <summary>Reads the node that starts with the current event, and leaves the event after it current.</summary>
    private DocumentNode ReadNode(DocumentPath path, int depth)
    {
        var current = _parser.Current!;
        var place = PlaceOf(current.Start, current.End);
        if (depth > _limits.MaximumDepth)
        {
            throw _faults.Stop(place, path, $"Lists and mappings are nested deeper than {_limits.MaximumDepth} here ({nameof(LanguageLimits.MaximumDepth)}).");
        }

        if (current is AnchorAlias alias)
        {
            Next();
            return Repeat(alias.Value, place, path);
        }

        if (current is not NodeEvent { Anchor: var anchor })
        {
            throw _faults.Stop(place, path, "This is no valid YAML: a value is missing here.");
        }

        Count(1, place, path);
        if (!anchor.IsEmpty)
        {
            _open.Add(anchor);
        }

        DocumentNode node = current switch
        {
            Scalar scalar => ReadScalar(scalar, place, path),
            SequenceStart start => ReadSequence(start, place, path, depth),
            _ => ReadMapping((MappingStart)current, place, path, depth),
        };
        if (!anchor.IsEmpty)
        {
            _open.Remove(anchor);
            _anchors[anchor] = node;
        }

        return node;
    }

    private void Count(int nodes, SourcePlace place, DocumentPath path)
    {
        _nodes += nodes;
        if (_nodes > _limits.MaximumNodes)
        {
            throw _faults.Stop(place, path, $"The document has more than {_limits.MaximumNodes} values with what its aliases repeat ({nameof(LanguageLimits.MaximumNodes)}).");
        }
    }

    private DocumentNode Repeat(AnchorName anchor, SourcePlace place, DocumentPath path)
    {
        if (_anchors.TryGetValue(anchor, out var node) && !_open.Contains(anchor))
        {
            Count(node.Size, place, path);
            return node;
        }

        _faults.Add(place, path, _open.Contains(anchor)
            ? $"The anchor '{anchor}' cannot contain itself."
            : $"The anchor '{anchor}' is not known here; it must stand above its alias. A text that starts with '*' must be in quotes.");
        return new ScalarNode(place, default);
    }

    private ScalarNode ReadScalar(Scalar scalar, SourcePlace place, DocumentPath path)
    {
        Next();
        try
        {
            return new ScalarNode(place, Resolve(scalar));
        }
        catch (FormatException exception)
        {
            _faults.Add(place, path, exception.Message);
            return new ScalarNode(place, default);
        }
    }

    private static JsonData Resolve(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific)
        {
            return scalar.IsPlainImplicit ? ScalarResolver.Resolve(scalar.Value) : scalar.Value;
        }

        var wanted = scalar.Tag.Value.StartsWith(TagPrefix, StringComparison.Ordinal) ? scalar.Tag.Value[TagPrefix.Length..] : "";
        var value = wanted == "str" ? scalar.Value : ScalarResolver.Resolve(scalar.Value);
        var fits = (wanted, value.Kind) switch
        {
            ("str", _) or ("null", JsonKind.Null) or ("bool", JsonKind.Boolean) or ("int", JsonKind.Integer) or ("float", JsonKind.Float) => true,
            ("float", JsonKind.Integer) => true,
            _ => false,
        };
        if (!fits)
        {
            throw new FormatException($"The tag '{scalar.Tag.Value}' does not fit this value; str, int, float, bool and null are known.");
        }

        return wanted == "float" ? value.AsDouble() : value;
    }

    private SequenceNode ReadSequence(SequenceStart start, SourcePlace place, DocumentPath path, int depth)
    {
        RefuseTag(start.Tag, "seq", place, path);
        Next();
        var items = new List<DocumentNode>();
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(path.Item(items.Count), depth + 1));
        }

        Next();
        return new SequenceNode(place, [.. items]);
    }

    private MappingNode ReadMapping(MappingStart start, SourcePlace place, DocumentPath path, int depth)
    {
        RefuseTag(start.Tag, "map", place, path);
        Next();
        var own = new OrderedDictionary<string, MappingEntry>(StringComparer.Ordinal);
        var merged = new List<MappingNode>();
        while (_parser.Current is not MappingEnd)
        {
            var namePlace = PlaceOf(_parser.Current!.Start, _parser.Current.End);
            var isMerge = _parser.Current is Scalar { IsPlainImplicit: true, Value: "<<" };
            var name = ReadName(namePlace, path, depth);
            var value = ReadNode(name is null ? path : path.Member(name), depth + 1);
            if (isMerge)
            {
                AddMerged(value, merged, path.Member("<<"));
            }
            else if (name is not null && !own.TryAdd(name, new(name, namePlace, value)))
            {
                _faults.Add(namePlace, path.Member(name), $"'{name}' stands twice in this mapping, first in line {own[name].NamePlace.Line}.");
            }
        }

        Next();
        return Merge(place, own, merged);
    }

    private string? ReadName(SourcePlace place, DocumentPath path, int depth)
    {
        if (_parser.Current is Scalar { Value: var name })
        {
            Count(1, place, path);
            Next();
            return name;
        }

        // A Jinja expression without quotes is a mapping whose name is a mapping.
        _ = ReadNode(path, depth + 1);
        _faults.Add(place, path, "A name must be a text, not a list or mapping. An expression in double braces must be in quotes.");
        return null;
    }

    private void AddMerged(DocumentNode value, List<MappingNode> merged, DocumentPath path)
    {
        foreach (var node in value is SequenceNode list ? list.Items : [value])
        {
            if (node is MappingNode mapping)
            {
                merged.Add(mapping);
            }
            else
            {
                _faults.Add(node.Place, path, "'<<' takes a mapping or a list of mappings.");
            }
        }
    }

    // Of what is merged in, the first mapping wins; what the mapping says itself wins over all.
    private static MappingNode Merge(SourcePlace place, OrderedDictionary<string, MappingEntry> own, List<MappingNode> merged)
    {
        if (merged.Count == 0)
        {
            return new(place, [.. own.Values]);
        }

        var all = new OrderedDictionary<string, MappingEntry>(StringComparer.Ordinal);
        foreach (var entry in merged.SelectMany(m => m.Entries))
        {
            all.TryAdd(entry.Name, entry);
        }

        foreach (var (name, entry) in own)
        {
            all[name] = entry;
        }

        return new(place, [.. all.Values]);
    }

    private void RefuseTag(TagName tag, string wanted, SourcePlace place, DocumentPath path)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != TagPrefix + wanted)
        {
            _faults.Add(place, path, $"The tag '{tag.Value}' is not known here.");
        }
    }
}
