using System.Text;
using Mistral.Executions;

namespace FileIndex;

/// <summary>Writes a line whenever the body of an action begins, so that a repetition can be seen afterwards.</summary>
internal sealed class ActionTrace : IDisposable
{
    private readonly FileStream? _file;
    private readonly Lock _lock = new();

    public ActionTrace(string? path)
    {
        if (path is not null)
        {
            _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
    }

    public void Began(ActionContext context)
    {
        if (_file is not null)
        {
            lock (_lock)
            {
                _file.Write(Encoding.UTF8.GetBytes($"{context.ActionExecutionId} {context.ActionName}\n"));
            }
        }
    }

    public void Dispose() => _file?.Dispose();
}
