namespace Mistral.Executions;

/// <summary>
/// Where executions live. A store keeps records, refuses changes of an engine that no longer owns their tree, and
/// answers queries; it decides nothing. <c>ExecutionStoreContract</c>, in the package of the tests, says all that a store must do, and
/// runs against any.
/// </summary>
/// <remarks>
/// The engine calls <see cref="CommitAsync"/> from one caller at a time; everything else can be called at any time from
/// any thread. Text that a caller gives (names, ids, tags) can hold any character but U+0000.
/// <para>
/// An engine lives while it has a lease that has not run out. When one of its trees goes to another engine, its lease is
/// void for good: it commits and claims nothing any more, and its other trees are free too.
/// </para>
/// </remarks>
public interface IExecutionStore : IAsyncDisposable
{
    /// <summary>Makes the store ready: creates what is missing, and migrates an older format forward in one transaction.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when the store is ready.</returns>
    /// <exception cref="StoreException">The store cannot be used; the message says why and what to do.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes a group of change sets in one transaction. A set that cannot be written is left out, whole, and the others
    /// are written all the same. Writing a set again whose rows are all there already, of the same owner and epoch, is a
    /// success. A changed record that is not there, and a new one whose id another tree has, are <see cref="CommitRefusal.Invalid"/>;
    /// a tree that is not there, and an engine that has no lease, are <see cref="CommitRefusal.NotOwner"/>.
    /// </summary>
    /// <param name="group">The change sets, at most one a tree, in order.</param>
    /// <param name="cancellationToken">Cancels the wait; what became of the group is then unknown.</param>
    /// <returns>What became of each, in the same order.</returns>
    Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<ExecutionChanges> group, CancellationToken cancellationToken);

    /// <summary>Reads what a tree needs to go on.</summary>
    /// <param name="treeId">The tree.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The tree, or <see langword="null"/> when there is none.</returns>
    Task<StoredTree?> ReadTreeAsync(string treeId, CancellationToken cancellationToken);

    /// <summary>
    /// Makes an engine the owner of a tree, with the next epoch, unless it is already (the epoch stays) or another living
    /// engine is. The engine needs a lease.
    /// </summary>
    /// <param name="treeId">The tree.</param>
    /// <param name="engineId">The engine.</param>
    /// <param name="now">The time, against which the leases of others are held.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Who owns the tree now.</returns>
    Task<ClaimOutcome> ClaimTreeAsync(string treeId, string engineId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The tree that an execution of any kind belongs to.</summary>
    /// <param name="executionId">The execution.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The id of the tree, or <see langword="null"/> when there is no such execution.</returns>
    Task<string?> FindTreeAsync(string executionId, CancellationToken cancellationToken);

    /// <summary>Writes or renews the lease of an engine.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether the lease is held, and whether there are others.</returns>
    Task<LeaseRenewal> RenewLeaseAsync(EngineLease lease, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Lets a lease run out now, so that others need not wait for it.</summary>
    /// <param name="engineId">The engine.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when it is given up.</returns>
    Task ReleaseLeaseAsync(string engineId, CancellationToken cancellationToken);

    /// <summary>Action executions that are RUNNING, not outside, in trees whose owner is not a living engine other than the one that asks.</summary>
    /// <param name="engineId">The engine that asks.</param>
    /// <param name="now">The time, against which leases are held.</param>
    /// <param name="after">Only those with an id after this one; <see langword="null"/> for the first.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The actions, ordered by id.</returns>
    Task<IReadOnlyList<RecoverableAction>> ReadRecoverableActionsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Timers in the order in which they are due, then by id, of trees whose owner is not a living engine other than the one that asks.</summary>
    /// <param name="engineId">The engine that asks.</param>
    /// <param name="now">The time, against which leases are held.</param>
    /// <param name="after">Only those that come after this one; <see langword="null"/> for the first.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The timers.</returns>
    Task<IReadOnlyList<ExecutionTimer>> ReadTimersAsync(string engineId, DateTimeOffset now, ExecutionTimer? after, int limit, CancellationToken cancellationToken);

    /// <summary>All timers of a tree.</summary>
    /// <param name="treeId">The tree.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The timers, ordered by id.</returns>
    Task<IReadOnlyList<ExecutionTimer>> ReadTimersOfTreeAsync(string treeId, CancellationToken cancellationToken);

    /// <summary>The lease of the engine that owns a tree, without claiming it. One that is void for good has run out at <see cref="DateTimeOffset.MinValue"/>.</summary>
    /// <param name="treeId">The tree.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The lease, or <see langword="null"/> when there is no such tree.</returns>
    Task<EngineLease?> ReadOwnerAsync(string treeId, CancellationToken cancellationToken);

    /// <summary>Reads a definition.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The definition, or <see langword="null"/> when there is none.</returns>
    Task<StoredDefinition?> ReadDefinitionAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Reads one workflow execution.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The record, or <see langword="null"/> when there is none.</returns>
    Task<WorkflowExecution?> ReadWorkflowAsync(string id, CancellationToken cancellationToken);

    /// <summary>Reads one task execution.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The record, or <see langword="null"/> when there is none.</returns>
    Task<TaskExecution?> ReadTaskAsync(string id, CancellationToken cancellationToken);

    /// <summary>Reads one action execution.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The record, or <see langword="null"/> when there is none.</returns>
    Task<ActionExecution?> ReadActionAsync(string id, CancellationToken cancellationToken);

    /// <summary>Workflow executions that a query asks for.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A page.</returns>
    /// <exception cref="StoreException">The page size or the position of the query is none (<see cref="CommitRefusal.Invalid"/>).</exception>
    Task<ExecutionPage<WorkflowExecution>> QueryWorkflowsAsync(ExecutionQuery query, CancellationToken cancellationToken);

    /// <summary>Task executions that a query asks for.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A page.</returns>
    /// <exception cref="StoreException">The page size or the position of the query is none (<see cref="CommitRefusal.Invalid"/>).</exception>
    Task<ExecutionPage<TaskExecution>> QueryTasksAsync(ExecutionQuery query, CancellationToken cancellationToken);

    /// <summary>Action executions that a query asks for.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A page.</returns>
    /// <exception cref="StoreException">The page size or the position of the query is none (<see cref="CommitRefusal.Invalid"/>).</exception>
    Task<ExecutionPage<ActionExecution>> QueryActionsAsync(ExecutionQuery query, CancellationToken cancellationToken);

    /// <summary>The latest task execution of each of these names in a workflow execution.</summary>
    /// <param name="workflowExecutionId">The workflow execution.</param>
    /// <param name="names">The names.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The records, in any order; none for a name that has not run.</returns>
    Task<IReadOnlyList<TaskExecution>> ReadLatestTasksAsync(string workflowExecutionId, IReadOnlyCollection<string> names, CancellationToken cancellationToken);

    /// <summary>The history of an execution and of everything below it, in order.</summary>
    /// <param name="executionId">The execution.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The entries.</returns>
    Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string executionId, CancellationToken cancellationToken);

    /// <summary>Deletes a tree whose root has ended, whole.</summary>
    /// <param name="treeId">The tree.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when there is no such tree.</returns>
    /// <exception cref="StoreException">The root has not ended (<see cref="CommitRefusal.Invalid"/>), or the store cannot do it.</exception>
    Task<bool> DeleteTreeAsync(string treeId, CancellationToken cancellationToken);

    /// <summary>
    /// Roots that have ended, in the order in which they were created, then by id; of what a retention policy looks at, and
    /// no more. Those of workflow executions and of action executions that stand alone are asked for apart.
    /// </summary>
    /// <param name="kind">Workflow or action executions.</param>
    /// <param name="after">Only those that come after this one; <see langword="null"/> for the first.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The trees.</returns>
    Task<IReadOnlyList<EndedTree>> ReadEndedTreesAsync(ExecutionKind kind, EndedTree? after, int limit, CancellationToken cancellationToken);

    /// <summary>Gives a small part of the room that deleted executions left back to the file system, where that can be done.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The room that the store takes now.</returns>
    /// <exception cref="StoreException">The store cannot do it.</exception>
    Task<StoreSpace> ReclaimSpaceAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Lays a request in the inbox, for the engine of its tree. Answers that are older than a day are forgotten then. One
    /// that is there already stays as it is.
    /// </summary>
    /// <param name="request">The request, without an answer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="StoreException">The store cannot do it.</exception>
    Task SendRequestAsync(InboxRequest request, CancellationToken cancellationToken);

    /// <summary>Reads a request, to see what became of it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The request, or <see langword="null"/> when there is none.</returns>
    Task<InboxRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken);

    /// <summary>Requests without an answer for trees whose owner is not a living engine other than the one that asks, and for trees that are not there.</summary>
    /// <param name="engineId">The engine that asks.</param>
    /// <param name="now">The time, against which leases are held.</param>
    /// <param name="after">Only those with an id after this one; <see langword="null"/> for the first.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The requests, ordered by id.</returns>
    Task<IReadOnlyList<InboxRequest>> ReadRequestsAsync(string engineId, DateTimeOffset now, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Answers a request that led to no commit; of one that did, the answer is part of it (<see cref="ExecutionChanges.Answers"/>).</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="StoreException">The store cannot do it.</exception>
    Task AnswerRequestAsync(InboxAnswer answer, CancellationToken cancellationToken);

    /// <summary>Writes an environment, in place of one of that name; when that was created stays.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="StoreException">The store cannot do it.</exception>
    Task WriteEnvironmentAsync(StoredEnvironment environment, CancellationToken cancellationToken);

    /// <summary>Reads an environment.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The environment, or <see langword="null"/> when there is none.</returns>
    Task<StoredEnvironment?> ReadEnvironmentAsync(string name, CancellationToken cancellationToken);

    /// <summary>All environments.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The environments, ordered by name.</returns>
    Task<IReadOnlyList<StoredEnvironment>> ReadEnvironmentsAsync(CancellationToken cancellationToken);

    /// <summary>Deletes an environment; executions that were started with it keep its variables.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when there is none.</returns>
    /// <exception cref="StoreException">The store cannot do it.</exception>
    Task<bool> DeleteEnvironmentAsync(string name, CancellationToken cancellationToken);
}
