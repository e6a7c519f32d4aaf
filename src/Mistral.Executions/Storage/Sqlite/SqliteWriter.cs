using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mistral.Executions;

/// <summary>
/// The writing path: one connection, used by one thread at a time, with statements that are prepared once. Here and
/// nowhere else a step's rows are written.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];
    private readonly SqliteProtection _protection;
    private readonly SqliteJson _json;

    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _savepoint;
    private readonly SqliteStatement _release;
    private readonly SqliteStatement _rollbackToSavepoint;
    private readonly SqliteStatement _findOwner;
    private readonly SqliteStatement _isOwned;
    private readonly SqliteStatement _supersede;
    private readonly SqliteStatement _takeOver;
    private readonly SqliteStatement _insertTree;
    private readonly SqliteStatement _insertDefinition;
    private readonly SqliteStatement _insertRootWorkflow;
    private readonly SqliteStatement _insertWorkflow;
    private readonly SqliteStatement _updateWorkflow;
    private readonly SqliteStatement _insertTask;
    private readonly SqliteStatement _updateTask;
    private readonly SqliteStatement _insertRootAction;
    private readonly SqliteStatement _insertAction;
    private readonly SqliteStatement _updateAction;
    private readonly SqliteStatement _insertTimer;
    private readonly SqliteStatement _deleteTimer;
    private readonly SqliteStatement _insertHistory;
    private readonly SqliteStatement _answerRequest;

    public SqliteWriter(SqliteConnection connection, SqliteProtection protection)
    {
        _connection = connection;
        _protection = protection;
        _json = new(protection);
        protection.AddTo(connection);
        _handle = connection.Handle!;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _savepoint = Prepare("SAVEPOINT one_set");
        _release = Prepare("RELEASE one_set");
        _rollbackToSavepoint = Prepare("ROLLBACK TO one_set");
        _findOwner = Prepare("SELECT key FROM engines WHERE id = ? AND is_superseded = 0");
        _isOwned = Prepare("SELECT 1 FROM trees WHERE id = ? AND owner = ? AND epoch = ?");
        _supersede = Prepare(SqliteOwnership.Supersede);
        _takeOver = Prepare(SqliteOwnership.TakeOver);
        _insertTree = Prepare(
            "INSERT INTO trees AS old (id, owner, epoch) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch WHERE "
            + SqliteColumns.Same("owner", "epoch"));
        _insertDefinition = Prepare(
            "INSERT INTO definitions (hash, name, namespace, format, text) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING");
        string[] workflow = [.. SqliteColumns.WorkflowFixed, .. SqliteColumns.WorkflowChanging];
        _insertRootWorkflow = PrepareInsert("workflow_executions", SqliteColumns.WorkflowFixed, SqliteColumns.WorkflowChanging, workflow);
        _insertWorkflow = PrepareInsert("workflow_executions", SqliteColumns.WorkflowFixed, SqliteColumns.WorkflowChanging, "root_id", "task_execution_id");
        _updateWorkflow = Prepare(SqliteColumns.Update("workflow_executions", SqliteColumns.WorkflowChanging));
        _insertTask = PrepareInsert("task_executions", SqliteColumns.TaskFixed, SqliteColumns.TaskChanging, "workflow_execution_id");
        _updateTask = Prepare(SqliteColumns.Update("task_executions", SqliteColumns.TaskChanging));
        string[] action = [.. SqliteColumns.ActionFixed, .. SqliteColumns.ActionChanging];
        _insertRootAction = PrepareInsert("action_executions", SqliteColumns.ActionFixed, SqliteColumns.ActionChanging, action);
        _insertAction = PrepareInsert("action_executions", SqliteColumns.ActionFixed, SqliteColumns.ActionChanging, "task_execution_id");
        _updateAction = Prepare(SqliteColumns.Update("action_executions", SqliteColumns.ActionChanging));
        _insertTimer = Prepare(
            """
            INSERT INTO timers (tree_id, id, execution_id, kind, due_at, data) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (tree_id, id) DO UPDATE SET execution_id = excluded.execution_id, kind = excluded.kind, due_at = excluded.due_at, data = excluded.data
            """);
        _deleteTimer = Prepare("DELETE FROM timers WHERE tree_id = ? AND id = ?");
        _insertHistory = Prepare(
            "INSERT INTO history (tree_id, id, execution_id, at, event, reason) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (tree_id, id) DO NOTHING");
        _answerRequest = Prepare("UPDATE inbox SET is_done = ?, message = ?, answered_at = ? WHERE id = ? AND answered_at IS NULL");
    }

    /// <summary>Whether a failure has left the connection in doubt: a new writer is to be made.</summary>
    public bool IsBroken { get; private set; }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _json.Dispose();
        _connection.Dispose();
    }

    /// <summary>Writes the sets in one transaction.</summary>
    /// <returns>What became of each.</returns>
    public IReadOnlyList<CommitOutcome> Commit(IReadOnlyList<ExecutionChanges> group)
    {
        var outcomes = new CommitOutcome[group.Count];
        if (!TryCommit(group, outcomes, setsApart: false))
        {
            TryCommit(group, outcomes, setsApart: true);
        }

        return outcomes;
    }

    /// <summary>Takes trees over in one transaction: after a crash there are many, and each alone would wait for the disk.</summary>
    /// <exception cref="SqliteException">None of them was taken over.</exception>
    public void TakeOver(IReadOnlyList<SqliteClaim> claims)
    {
        var taken = InTransaction(_ => claims.Select(TakeOver).ToArray());
        for (var place = 0; place < taken.Length; place++)
        {
            claims[place].IsTaken = taken[place];
        }
    }

    /// <summary>Runs work of another kind in a transaction of its own.</summary>
    /// <exception cref="SqliteException">The transaction was rolled back.</exception>
    public T InTransaction<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            _begin.Run();
            var result = work(_connection);
            _commit.Run();
            return result;
        }
        catch (Exception failure)
        {
            RollBack(failure);
            throw;
        }
    }

    /// <summary>
    /// One attempt at the group. Without savepoints it is fastest, and a set that fails takes the attempt with it: then
    /// there is another one, in which each set stands alone.
    /// </summary>
    /// <returns>False when a set failed and another attempt is to be made.</returns>
    private bool TryCommit(IReadOnlyList<ExecutionChanges> group, CommitOutcome[] outcomes, bool setsApart)
    {
        var isCommitting = false;
        try
        {
            _begin.Run();
            var owner = new Owner(null, 0);
            for (var i = 0; i < group.Count; i++)
            {
                if (owner.Id != group[i].OwnerId)
                {
                    owner = FindOwner(group[i].OwnerId);
                }

                outcomes[i] = setsApart ? WriteApart(group[i], owner) : Write(group[i], owner);
            }

            isCommitting = true;
            _commit.Run();
            return true;
        }
        catch (StoreException failure) when (!setsApart)
        {
            RollBack(failure);
            return false;
        }
        catch (SqliteException failure)
        {
            var isUnknown = isCommitting && SqliteFailure.RefusalOf(failure) == CommitRefusal.Failed;
            RollBack(failure);
            for (var i = 0; i < outcomes.Length; i++)
            {
                if (outcomes[i].Refusal is CommitRefusal.None)
                {
                    outcomes[i] = isUnknown ? CommitOutcome.Unknown(failure) : CommitOutcome.Refused(SqliteFailure.RefusalOf(failure), failure);
                }
            }

            return true;
        }
    }

    private bool TakeOver(SqliteClaim claim) =>
        _supersede.Bind(claim.TreeId).Bind(claim.EngineId).Bind(claim.Now).Bind(claim.EngineId).Run() > 0
        && _takeOver.Bind(claim.EngineId).Bind(claim.TreeId).Run() > 0;

    private CommitOutcome WriteApart(ExecutionChanges changes, Owner owner)
    {
        _savepoint.Run();
        CommitOutcome outcome;
        try
        {
            outcome = Write(changes, owner);
        }
        catch (StoreException failure)
        {
            _rollbackToSavepoint.Run();
            outcome = CommitOutcome.Refused(failure.Refusal, failure);
        }

        _release.Run();
        return outcome;
    }

    /// <summary>Writes one set.</summary>
    /// <returns>Committed, if the transaction will be, or refused without that anything was written.</returns>
    /// <exception cref="StoreException">The set cannot be written, and a part of it was.</exception>
    private CommitOutcome Write(ExecutionChanges changes, Owner owner)
    {
        try
        {
            if (owner.Key == 0 || (!changes.IsNewTree && !_isOwned.Bind(changes.TreeId).Bind(owner.Key).Bind(changes.Epoch).TryRead([])))
            {
                return CommitOutcome.Refused(CommitRefusal.NotOwner);
            }

            if (changes.IsNewTree && _insertTree.Bind(changes.TreeId).Bind(owner.Key).Bind(changes.Epoch).Run() == 0)
            {
                return CommitOutcome.Refused(CommitRefusal.AlreadyExists);
            }

            WriteRows(changes);
            return CommitOutcome.Committed;
        }
        catch (SqliteException failure) when (SqliteFailure.RefusalOf(failure) == CommitRefusal.Invalid)
        {
            ForgetBound();
            throw new StoreException(CommitRefusal.Invalid, $"The changes of the execution '{changes.TreeId}' cannot be written: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is not (SqliteException or StoreException))
        {
            ForgetBound();
            throw new StoreException(CommitRefusal.Invalid, $"The changes of the execution '{changes.TreeId}' have no form in the store: {failure.Message}", failure);
        }
    }

    private void WriteRows(ExecutionChanges changes)
    {
        foreach (var definition in changes.Definitions)
        {
            _insertDefinition.Bind(definition.Hash).Bind(definition.Name).Bind(definition.Namespace).Bind(definition.Format);
            _json.Bind(_insertDefinition, definition.Text);
            _insertDefinition.Run();
        }

        var hasRoot = false;
        for (var place = 0; place < changes.NewWorkflows.Count; place++)
        {
            var workflow = changes.NewWorkflows[place];
            var isRoot = changes.IsNewTree && workflow.Id == changes.TreeId;
            hasRoot |= isRoot;
            var statement = isRoot ? _insertRootWorkflow : _insertWorkflow;
            BindFixed(statement, workflow);
            BindChanging(statement, workflow);
            Inserted(statement.Run(), isRoot, workflow);
        }

        for (var place = 0; place < changes.Workflows.Count; place++)
        {
            var workflow = changes.Workflows[place];
            BindChanging(_updateWorkflow, workflow);
            Updated(_updateWorkflow.Bind(workflow.Id).Run(), workflow);
        }

        for (var place = 0; place < changes.NewTasks.Count; place++)
        {
            var task = changes.NewTasks[place];
            BindFixed(_insertTask, task);
            BindChanging(_insertTask, task);
            Inserted(_insertTask.Run(), isRoot: false, task);
        }

        for (var place = 0; place < changes.Tasks.Count; place++)
        {
            var task = changes.Tasks[place];
            BindChanging(_updateTask, task);
            Updated(_updateTask.Bind(task.Id).Run(), task);
        }

        for (var place = 0; place < changes.NewActions.Count; place++)
        {
            var action = changes.NewActions[place];
            var isRoot = changes.IsNewTree && action.Id == changes.TreeId;
            hasRoot |= isRoot;
            var statement = isRoot ? _insertRootAction : _insertAction;
            BindFixed(statement, action);
            BindChanging(statement, action);
            Inserted(statement.Run(), isRoot, action);
        }

        for (var place = 0; place < changes.Actions.Count; place++)
        {
            var action = changes.Actions[place];
            BindChanging(_updateAction, action);
            Updated(_updateAction.Bind(action.Id).Run(), action);
        }

        foreach (var timer in changes.NewTimers)
        {
            _insertTimer.Bind(changes.TreeId).Bind(timer.Id).Bind(timer.ExecutionId).Bind((int)timer.Kind).Bind(timer.DueAt);
            _json.Bind(_insertTimer, timer.Data);
            _insertTimer.Run();
        }

        foreach (var timerId in changes.EndedTimers)
        {
            _deleteTimer.Bind(changes.TreeId).Bind(timerId).Run();
        }

        foreach (var entry in changes.History)
        {
            _insertHistory.Bind(changes.TreeId).Bind(entry.Id).Bind(entry.ExecutionId).Bind(entry.At).Bind(entry.Event);
            _json.Bind(_insertHistory, entry.Reason);
            _insertHistory.Run();
        }

        foreach (var answer in changes.Answers)
        {
            _answerRequest.Bind(answer.IsDone);
            _json.Bind(_answerRequest, answer.Message);
            _answerRequest.Bind(answer.At).Bind(answer.RequestId).Run();
        }

        if (changes.IsNewTree && !hasRoot)
        {
            throw new StoreException(CommitRefusal.Invalid, $"The changes begin the execution '{changes.TreeId}' without it.");
        }
    }

    private void BindFixed(SqliteStatement statement, WorkflowExecution workflow)
    {
        statement.Bind(workflow.Id).Bind(workflow.TaskExecutionId).Bind(Unless(workflow.RootExecutionId, workflow.Id))
            .Bind(workflow.Name).Bind(Unless(workflow.Namespace, "")).Bind(workflow.DefinitionHash).Bind(workflow.Index)
            .Bind(workflow.CreatedAt);
        _json.Bind(statement, workflow.Tags);
        _json.Bind(statement, workflow.Input);
        _json.Bind(statement, workflow.Parameters);
    }

    private void BindChanging(SqliteStatement statement, WorkflowExecution workflow)
    {
        statement.Bind((int)workflow.State).Bind(workflow.Accepted).Bind(workflow.TaskCount).Bind(workflow.UpdatedAt)
            .Bind(workflow.FinishedAt);
        _json.Bind(statement, workflow.StateInfo);
        _json.Bind(statement, workflow.Backlog);
        _json.Bind(statement, workflow.Environment);
        _json.Bind(statement, workflow.Context);
        _json.Bind(statement, workflow.Output);
        _json.Bind(statement, Unless(workflow.Description, ""));
    }

    private void BindFixed(SqliteStatement statement, TaskExecution task)
    {
        statement.Bind(task.Id).Bind(task.WorkflowExecutionId).Bind(Unless(task.RootExecutionId, task.WorkflowExecutionId))
            .Bind(task.Name).Bind(task.WorkflowName).Bind((int)task.Type).Bind(task.IsJoin).Bind(task.Ordinal).Bind(task.CreatedAt);
        _json.Bind(statement, task.Tags);
    }

    private void BindChanging(SqliteStatement statement, TaskExecution task)
    {
        statement.Bind(StoredTree.NeedsToGoOn(task)).Bind((int)task.State).Bind(task.Processed).Bind(task.ErrorHandled)
            .Bind(task.RetryNumber).Bind((int)task.PolicyProgress).Bind(task.StartedAt).Bind(task.UpdatedAt).Bind(task.FinishedAt)
            .Bind(task.InboundContext.TaskExecutionId).Bind(task.InboundContext.Depth);
        _json.Bind(statement, task.Items);
        _json.Bind(statement, task.TriggeredBy);
        _json.Bind(statement, task.NextTasks);
        _json.Bind(statement, task.StateInfo);
        _json.Bind(statement, (JsonData)task.InboundContext.Snapshot);
        _json.Bind(statement, task.Published);
    }

    private void BindFixed(SqliteStatement statement, ActionExecution action)
    {
        statement.Bind(action.Id).Bind(action.TaskExecutionId).Bind(action.WorkflowExecutionId)
            .Bind(Unless(action.RootExecutionId, action.WorkflowExecutionId)).Bind(action.Name).Bind(Unless(action.Namespace, ""))
            .Bind(action.Target).Bind(action.Index).Bind(action.CreatedAt);
        _json.Bind(statement, action.Input);
    }

    private void BindChanging(SqliteStatement statement, ActionExecution action)
    {
        statement.Bind((int)action.State).Bind(action.Accepted).Bind(action.Attempt).Bind(action.IsOutside)
            .Bind(action.IsSafeToRerun).Bind(action.StartedAt).Bind(action.FinishedAt);
        _json.Bind(statement, action.StateInfo);
        _json.Bind(statement, action.Output);
    }

    private static string? Unless(string? value, string? usual) => string.Equals(value, usual, StringComparison.Ordinal) ? null : value;

    private static void Inserted(int rows, bool isRoot, IExecution execution)
    {
        if (rows == 0)
        {
            throw new StoreException(
                isRoot ? CommitRefusal.AlreadyExists : CommitRefusal.Invalid,
                $"There is an execution of another tree with the id '{execution.Id}' already.");
        }
    }

    private static void Updated(int rows, IExecution execution)
    {
        if (rows == 0)
        {
            throw new StoreException(CommitRefusal.Invalid, $"The changed execution '{execution.Id}' is not in the store.");
        }
    }

    private Owner FindOwner(string engineId)
    {
        Span<long> key = [0];
        return new Owner(engineId, _findOwner.Bind(engineId).TryRead(key) ? key[0] : 0);
    }

    private SqliteStatement PrepareInsert(string table, string[] fixedColumns, string[] changingColumns, params string[] same) =>
        Prepare(SqliteColumns.Insert(
            table, fixedColumns, changingColumns, _protection.IsOn ? SqliteColumns.SameBehindProtection(same) : SqliteColumns.Same(same)));

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_handle, sql);
        _statements.Add(statement);
        return statement;
    }

    private void ForgetBound() => _statements.ForEach(statement => statement.Reset());

    /// <summary>Makes the connection usable again after a failure, or says that it is not.</summary>
    private void RollBack(Exception failure)
    {
        ForgetBound();
        IsBroken = failure is SqliteException error && SqliteFailure.BreaksConnection(error);
        if (IsBroken || raw.sqlite3_get_autocommit(_handle) != 0)
        {
            return;
        }

        try
        {
            _rollback.Run();
        }
        catch (SqliteException)
        {
            // What cannot be rolled back ends with its connection.
            IsBroken = true;
        }
    }

    /// <summary>The engine whose changes are written; the key is 0 when it has no lease.</summary>
    private readonly record struct Owner(string? Id, long Key);
}
