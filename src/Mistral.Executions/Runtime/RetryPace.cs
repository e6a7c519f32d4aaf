namespace Mistral.Executions.Runtime;

/// <summary>How long to wait before something that the store did not take is given to it again: 100 ms, doubling up to 5 s.</summary>
internal struct RetryPace
{
    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    private TimeSpan _last;

    public TimeSpan Next()
    {
        _last = _last == TimeSpan.Zero ? First : _last * 2;
        return _last = _last < Longest ? _last : Longest;
    }

    public void Reset() => _last = TimeSpan.Zero;
}
