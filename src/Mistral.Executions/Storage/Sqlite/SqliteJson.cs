using System.Buffers;
using System.Text.Json;

namespace Mistral.Executions;

/// <summary>
/// Binds what stands in a column as JSON, through one buffer that is used again and again. What is empty is NULL. Data are
/// protected; tags, links between tasks and counts are not.
/// </summary>
internal sealed class SqliteJson : IDisposable
{
    private const int InitialSize = 4 * 1024;
    private const int LargestKept = 1024 * 1024;

    private readonly SqliteProtection _protection;
    private readonly Utf8JsonWriter _json;
    private ArrayBufferWriter<byte> _buffer = new(InitialSize);

    public SqliteJson(SqliteProtection protection)
    {
        _protection = protection;
        _json = new Utf8JsonWriter(_buffer, JsonDataReader.WriterOptions);
    }

    public void Dispose() => _json.Dispose();

    public void Bind(SqliteStatement statement, JsonData value)
    {
        if (value.IsNull)
        {
            statement.BindNull();
            return;
        }

        Start();
        value.WriteTo(_json);
        BindData(statement);
    }

    /// <summary>Binds a text that is data, not an id or a name.</summary>
    public void Bind(SqliteStatement statement, string? text)
    {
        if (text is null || !_protection.IsOn)
        {
            statement.Bind(text);
        }
        else
        {
            statement.BindBlob(_protection.Protect(text));
        }
    }

    public void Bind(SqliteStatement statement, JsonMap map) => Bind(statement, map.Count == 0 ? JsonData.Null : map);

    public void Bind(SqliteStatement statement, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            statement.BindNull();
            return;
        }

        Start();
        _json.WriteStartArray();
        foreach (var text in texts)
        {
            _json.WriteStringValue(text);
        }

        _json.WriteEndArray();
        BindWritten(statement);
    }

    public void Bind(SqliteStatement statement, IReadOnlyList<TaskTrigger> triggers)
    {
        if (triggers.Count == 0)
        {
            statement.BindNull();
            return;
        }

        Start();
        _json.WriteStartArray();
        for (var place = 0; place < triggers.Count; place++)
        {
            var trigger = triggers[place];
            WritePair(trigger.TaskExecutionId, trigger.Event);
        }

        _json.WriteEndArray();
        BindWritten(statement);
    }

    /// <summary>Binds the tasks that an end led to; that there are none is said, unlike that it is not known yet.</summary>
    public void Bind(SqliteStatement statement, IReadOnlyList<NextTask>? nextTasks)
    {
        if (nextTasks is null)
        {
            statement.BindNull();
            return;
        }

        Start();
        _json.WriteStartArray();
        for (var place = 0; place < nextTasks.Count; place++)
        {
            var next = nextTasks[place];
            WritePair(next.Name, next.Event);
        }

        _json.WriteEndArray();
        BindWritten(statement);
    }

    public void Bind(SqliteStatement statement, IReadOnlyList<PendingCommand> commands)
    {
        if (commands.Count == 0)
        {
            statement.BindNull();
            return;
        }

        Start();
        _json.WriteStartArray();
        foreach (var command in commands)
        {
            _json.WriteStartArray();
            _json.WriteStringValue(command.Target);
            command.Message.WriteTo(_json);
            WritePair(command.Trigger.TaskExecutionId, command.Trigger.Event);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        BindData(statement);
    }

    public void Bind(SqliteStatement statement, ItemProgress? items)
    {
        if (items is null)
        {
            statement.BindNull();
            return;
        }

        Start();
        _json.WriteStartArray();
        _json.WriteNumberValue(items.Count);
        _json.WriteNumberValue(items.Concurrency);
        _json.WriteNumberValue(items.Next);
        _json.WriteNumberValue(items.Running);
        _json.WriteNumberValue(items.Succeeded);
        _json.WriteNumberValue(items.Failed);
        _json.WriteNumberValue(items.Cancelled);
        foreach (var index in items.Again)
        {
            _json.WriteNumberValue(index);
        }

        _json.WriteEndArray();
        BindWritten(statement);
    }

    public static JsonMap ReadMap(byte[]? utf8) => utf8 is null ? JsonMap.Empty : JsonData.Parse(utf8).AsObject();

    public static IReadOnlyList<string> ReadTexts(byte[]? utf8) =>
        utf8 is null ? [] : [.. JsonData.Parse(utf8).AsArray().Select(text => text.AsString())];

    public static IReadOnlyList<TaskTrigger> ReadTriggers(byte[]? utf8) =>
        utf8 is null ? [] : [.. JsonData.Parse(utf8).AsArray().Select(ReadTrigger)];

    public static IReadOnlyList<NextTask>? ReadNextTasks(byte[]? utf8) =>
        utf8 is null ? null : [.. JsonData.Parse(utf8).AsArray().Select(pair => new NextTask(pair[0].AsString(), (RouteKind)Int(pair[1])))];

    public static IReadOnlyList<PendingCommand> ReadCommands(byte[]? utf8) =>
        utf8 is null ? [] : [.. JsonData.Parse(utf8).AsArray().Select(c => new PendingCommand(c[0].AsString(), c[1], ReadTrigger(c[2])))];

    public static ItemProgress? ReadItems(byte[]? utf8)
    {
        if (utf8 is null)
        {
            return null;
        }

        var numbers = JsonData.Parse(utf8).AsArray().Select(Int).ToArray();
        return new ItemProgress
        {
            Count = numbers[0],
            Concurrency = numbers[1],
            Next = numbers[2],
            Running = numbers[3],
            Succeeded = numbers[4],
            Failed = numbers[5],
            Cancelled = numbers[6],
            Again = numbers[7..],
        };
    }

    private static TaskTrigger ReadTrigger(JsonData pair) => new(pair[0].AsString(), (RouteKind)Int(pair[1]));

    private static int Int(JsonData number) => (int)number.AsInteger();

    private void Start()
    {
        if (_buffer.Capacity > LargestKept)
        {
            _buffer = new ArrayBufferWriter<byte>(InitialSize);
        }

        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
    }

    private void WritePair(string text, RouteKind kind)
    {
        _json.WriteStartArray();
        _json.WriteStringValue(text);
        _json.WriteNumberValue((int)kind);
        _json.WriteEndArray();
    }

    private void BindWritten(SqliteStatement statement)
    {
        _json.Flush();
        statement.Bind(_buffer.WrittenSpan);
    }

    private void BindData(SqliteStatement statement)
    {
        if (!_protection.IsOn)
        {
            BindWritten(statement);
            return;
        }

        _json.Flush();
        statement.BindBlob(_protection.Protect(_buffer.WrittenSpan));
    }
}
