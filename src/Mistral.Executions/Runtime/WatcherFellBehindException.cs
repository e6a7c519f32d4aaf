namespace Mistral.Executions;

/// <summary>A watcher took changes more slowly than they came, and its buffer is full. It must read again what it needs, and watch anew.</summary>
public sealed class WatcherFellBehindException : ExecutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="buffer">How many changes the buffer held.</param>
    public WatcherFellBehindException(int buffer)
        : base($"The watcher fell behind by more than {buffer} changes. Read again what is needed, and watch anew.") => Buffer = buffer;

    /// <summary>How many changes the buffer held.</summary>
    public int Buffer { get; }
}
