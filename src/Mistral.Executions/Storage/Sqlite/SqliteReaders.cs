using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Mistral.Executions;

/// <summary>A few connections that only read.</summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private const int MaximumReaders = 4;

    private readonly SemaphoreSlim _free = new(MaximumReaders);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _isDisposed;

    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var connection = _idle.TryTake(out var idle) ? idle : file.OpenForReading();
            try
            {
                var result = read(connection);
                Return(connection);
                return result;
            }
            catch (Exception failure)
            {
                connection.Dispose();
                if (failure is SqliteException error)
                {
                    throw SqliteFailure.ToStoreException(error, file.Path);
                }

                throw;
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

    private void Return(SqliteConnection connection)
    {
        _idle.Add(connection);
        if (_isDisposed)
        {
            CloseIdle();
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
