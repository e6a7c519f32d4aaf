using System.Globalization;

namespace Mistral.Executions;

/// <summary>Where a page of executions ends: what <see cref="ExecutionPage{T}.Next"/> says in text.</summary>
/// <param name="CreatedAt">When the last execution of the page was created.</param>
/// <param name="Id">Its id.</param>
internal readonly record struct PagePosition(DateTimeOffset CreatedAt, string Id)
{
    public static PagePosition Of(IExecution last) => new(last.CreatedAt, last.Id);

    /// <summary>Where the page before ended; <see langword="null"/> for the first page.</summary>
    /// <exception cref="StoreException">The query's position or page size is none.</exception>
    public static PagePosition? Of(ExecutionQuery query)
    {
        if (query.PageSize is < 1 or > ExecutionQuery.MaximumPageSize)
        {
            throw new StoreException(
                CommitRefusal.Invalid,
                $"A page has from 1 to {ExecutionQuery.MaximumPageSize} executions, not {query.PageSize}.");
        }

        if (query.After is not { } text)
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0
            || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            throw new StoreException(
                CommitRefusal.Invalid,
                $"'{text}' is not the end of a page: give {nameof(ExecutionQuery.After)} what {nameof(ExecutionPage<WorkflowExecution>.Next)} said.");
        }

        return new PagePosition(new DateTimeOffset(ticks, TimeSpan.Zero), text[(colon + 1)..]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CreatedAt.UtcTicks}:{Id}");
}
