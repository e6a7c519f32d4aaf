using System.Collections.Concurrent;

namespace Mistral.Executions;

/// <summary>A few connections that only read.</summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private const int MaximumReaders = 4;

    private readonly SemaphoreSlim _free = new(MaximumReaders);
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private volatile bool _isDisposed;

    public async Task<T> ReadAsync<T>(Func<SqliteReader, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var reader = _idle.TryTake(out var idle) ? idle : new SqliteReader(file.OpenForReading());
            try
            {
                var result = read(reader);
                Return(reader);
                return result;
            }
            catch (Exception failure)
            {
                reader.Dispose();
                if (failure is StoreException)
                {
                    throw;
                }

                throw SqliteFailure.ToStoreException(failure, file.Path);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        CloseIdle();
    }

    private void Return(SqliteReader reader)
    {
        _idle.Add(reader);
        if (_isDisposed)
        {
            CloseIdle();
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
