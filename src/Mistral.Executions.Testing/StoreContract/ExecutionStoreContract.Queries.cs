namespace Mistral.Executions.Testing;

/// <content>Queries, their filters and their pages.</content>
public sealed partial class ExecutionStoreContract
{
    private static bool[] Orders => [false, true];

    private static (int Size, string? After)[] ImpossiblePages =>
        [(0, null), (1001, null), (10, "nonsense"), (10, "x:1"), (10, "-1:1"), (10, "9223372036854775807:1")];

    private static IEnumerable<StoreContractCase> QueriesCases =>
    [
        new(nameof(Workflows_are_found_by_each_filter), c => c.Workflows_are_found_by_each_filter()),
        new(nameof(Tasks_are_found_by_each_filter), c => c.Tasks_are_found_by_each_filter()),
        new(nameof(Actions_are_found_by_each_filter), c => c.Actions_are_found_by_each_filter()),
        .. Orders.Select(newestFirst => new StoreContractCase(nameof(Pages_have_no_gap_and_nothing_twice_while_executions_are_added), newestFirst ? "newest first" : "oldest first", c => c.Pages_have_no_gap_and_nothing_twice_while_executions_are_added(newestFirst))),
        .. Orders.Select(newestFirst => new StoreContractCase(nameof(Tasks_and_actions_come_in_pages_too), newestFirst ? "newest first" : "oldest first", c => c.Tasks_and_actions_come_in_pages_too(newestFirst))),
        new(nameof(The_last_page_says_that_it_is_the_last), c => c.The_last_page_says_that_it_is_the_last()),
        .. ImpossiblePages.Select(page => new StoreContractCase(nameof(A_page_that_cannot_be_is_refused), $"{page.Size} after {page.After ?? "nothing"}", c => c.A_page_that_cannot_be_is_refused(page.Size, page.After))),
    ];

    private const string AwkwardText = "it's \"odd\"; DROP TABLE trees; -- \u0001\t\n %_ ümlaut 🚀";

    private async Task Workflows_are_found_by_each_filter()
    {
        var a = World.Workflow("order-A-17") with { Name = "alpha", Tags = ["red", "it's"], State = ExecutionState.Success };
        var b = World.Workflow() with { Name = "beta", Namespace = "space", Tags = ["red"], State = ExecutionState.Error };
        var c = World.Workflow() with { Name = AwkwardText, State = ExecutionState.Paused };
        var task = World.Task(b);
        var nested = World.Workflow(parent: task) with { Name = "alpha", State = ExecutionState.Running };
        await WriteAsync(World.Beginning(a));
        await WriteAsync(World.Beginning(b) with { NewWorkflows = [b, nested], NewTasks = [task] });
        await WriteAsync(World.Beginning(c));

        await ExpectAsync(new(), a, b, c, nested);
        await ExpectAsync(new() { NewestFirst = true }, nested, c, b, a);
        await ExpectAsync(new() { States = [ExecutionState.Success] }, a);
        await ExpectAsync(new() { States = [ExecutionState.Error, ExecutionState.Running] }, b, nested);
        await ExpectAsync(new() { States = [ExecutionState.Success, ExecutionState.Paused] }, a, c);
        await ExpectAsync(new() { Name = "alpha" }, a, nested);
        await ExpectAsync(new() { Name = AwkwardText }, c);
        await ExpectAsync(new() { Name = "' OR 1=1 --" });
        await ExpectAsync(new() { Namespace = "space" }, b);
        await ExpectAsync(new() { Namespace = "" }, a, c, nested);
        await ExpectAsync(new() { Tag = "red" }, a, b);
        await ExpectAsync(new() { Tag = "it's" }, a);
        await ExpectAsync(new() { Tag = "re" });
        await ExpectAsync(new() { ParentId = task.Id }, nested);
        await ExpectAsync(new() { RootExecutionId = b.Id }, b, nested);
        await ExpectAsync(new() { RootExecutionId = nested.Id });
        await ExpectAsync(new() { OnlyRoots = true }, a, b, c);
        await ExpectAsync(new() { OnlyRoots = true, ParentId = task.Id });
        await ExpectAsync(new() { CreatedFrom = b.CreatedAt }, b, c, nested);
        await ExpectAsync(new() { CreatedBefore = b.CreatedAt }, a);
        await ExpectAsync(new() { CreatedFrom = b.CreatedAt, CreatedBefore = c.CreatedAt.AddTicks(1), Name = "beta", Tag = "red" }, b);

        async Task ExpectAsync(ExecutionQuery query, params WorkflowExecution[] expected)
        {
            var page = await Store.QueryWorkflowsAsync(query, default);
            page.Items.ShouldEqual(expected);
            page.Next.ShouldBeNull();
        }
    }

    private async Task Tasks_are_found_by_each_filter()
    {
        var root = World.Workflow();
        var a = World.Task(root, "alpha") with { Tags = ["red", AwkwardText] };
        var b = StoredWorld.Finished(World.Task(root, AwkwardText));
        var nested = World.Workflow(parent: a);
        var c = World.Task(nested, "alpha", ExecutionState.Error);
        var otherRoot = World.Workflow();
        var d = World.Task(otherRoot, "delta");
        await WriteAsync(World.Beginning(root) with { NewWorkflows = [root, nested], NewTasks = [a, b, c] });
        await WriteAsync(World.Beginning(otherRoot) with { NewTasks = [d] });

        await ExpectAsync(new(), a, b, c, d);
        await ExpectAsync(new() { NewestFirst = true }, d, c, b, a);
        await ExpectAsync(new() { States = [ExecutionState.Running] }, a, d);
        await ExpectAsync(new() { States = [ExecutionState.Success, ExecutionState.Error] }, b, c);
        await ExpectAsync(new() { Name = "alpha" }, a, c);
        await ExpectAsync(new() { Name = AwkwardText }, b);
        await ExpectAsync(new() { Tag = AwkwardText }, a);
        await ExpectAsync(new() { ParentId = root.Id }, a, b);
        await ExpectAsync(new() { ParentId = nested.Id }, c);
        await ExpectAsync(new() { RootExecutionId = root.Id }, a, b, c);
        await ExpectAsync(new() { OnlyRoots = true });
        await ExpectAsync(new() { Namespace = "" });
        await ExpectAsync(new() { CreatedFrom = b.CreatedAt, CreatedBefore = d.CreatedAt }, b, c);

        async Task ExpectAsync(ExecutionQuery query, params TaskExecution[] expected)
        {
            var page = await Store.QueryTasksAsync(query, default);
            page.Items.ShouldEqual(expected);
            page.Next.ShouldBeNull();
        }
    }

    private async Task Actions_are_found_by_each_filter()
    {
        var root = World.Workflow();
        var task = World.Task(root);
        var a = World.Action(task);
        var b = StoredWorld.Finished(World.Action(task)) with { Name = AwkwardText };
        var nested = World.Workflow(parent: task);
        var deepTask = World.Task(nested);
        var c = World.Action(deepTask, ExecutionState.Error);
        var d = World.StandAloneAction();
        await WriteAsync(World.Beginning(root) with { NewWorkflows = [root, nested], NewTasks = [task, deepTask], NewActions = [a, b, c] });
        await WriteAsync(World.Beginning(d));

        await ExpectAsync(new(), a, b, c, d);
        await ExpectAsync(new() { NewestFirst = true }, d, c, b, a);
        await ExpectAsync(new() { States = [ExecutionState.Running] }, a, d);
        await ExpectAsync(new() { States = [ExecutionState.Success, ExecutionState.Error] }, b, c);
        await ExpectAsync(new() { Name = AwkwardText }, b);
        await ExpectAsync(new() { ParentId = task.Id }, a, b);
        await ExpectAsync(new() { RootExecutionId = root.Id }, a, b, c);
        await ExpectAsync(new() { RootExecutionId = d.Id });
        await ExpectAsync(new() { OnlyRoots = true }, d);
        await ExpectAsync(new() { Tag = "red" });
        await ExpectAsync(new() { Namespace = "space" });
        await ExpectAsync(new() { CreatedFrom = b.CreatedAt, CreatedBefore = d.CreatedAt }, b, c);

        async Task ExpectAsync(ExecutionQuery query, params ActionExecution[] expected)
        {
            var page = await Store.QueryActionsAsync(query, default);
            page.Items.ShouldEqual(expected);
            page.Next.ShouldBeNull();
        }
    }

    private async Task Pages_have_no_gap_and_nothing_twice_while_executions_are_added(bool newestFirst)
    {
        // Callers' ids sort in another order than times, and some times are the same.
        var roots = Enumerable.Range(0, 25)
            .Select(n => World.Workflow(n % 3 == 0 ? $"{(char)('z' - n)}-{n}" : null) with { CreatedAt = StoredWorld.Start.AddSeconds(n / 4) })
            .ToList();
        foreach (var root in roots)
        {
            await WriteRootAsync(root);
        }

        var found = new List<WorkflowExecution>();
        var query = new ExecutionQuery { PageSize = 4, NewestFirst = newestFirst };
        ExecutionPage<WorkflowExecution> page;
        do
        {
            page = await Store.QueryWorkflowsAsync(query, default);
            found.AddRange(page.Items);
            await WriteRootAsync(World.Workflow() with { CreatedAt = newestFirst ? Now : StoredWorld.Start.AddDays(-1) });
            query = query with { After = page.Next };
        }
        while (page.Next is not null);

        found.Select(w => w.Id).ShouldEqualInAnyOrder(roots.Select(w => w.Id));
        var times = found.Select(w => w.CreatedAt).ToList();
        times.ShouldEqual(newestFirst ? times.OrderDescending() : times.Order());
    }

    private async Task Tasks_and_actions_come_in_pages_too(bool newestFirst)
    {
        var root = World.Workflow();
        var tasks = Enumerable.Range(0, 9).Select(n => n % 2 == 0 ? World.Task(root) : StoredWorld.Finished(World.Task(root))).ToList();
        var actions = tasks.Select(t => World.Action(tasks[0])).ToList();
        await WriteAsync(World.Beginning(root) with { NewTasks = tasks, NewActions = actions });
        if (newestFirst)
        {
            tasks.Reverse();
            actions.Reverse();
        }

        var inRoot = new ExecutionQuery { ParentId = root.Id, RootExecutionId = root.Id, PageSize = 3, NewestFirst = newestFirst };
        var inTask = new ExecutionQuery { RootExecutionId = root.Id, PageSize = 3, NewestFirst = newestFirst };
        (await AllPagesAsync(inRoot, Store.QueryTasksAsync)).ShouldEqual(tasks);
        (await AllPagesAsync(inTask, Store.QueryActionsAsync)).ShouldEqual(actions);
    }

    private async Task The_last_page_says_that_it_is_the_last()
    {
        await WriteRootAsync();
        await WriteRootAsync();

        (await Store.QueryWorkflowsAsync(new ExecutionQuery { PageSize = 1 }, default)).Next.ShouldNotBeNull();
        (await Store.QueryWorkflowsAsync(new ExecutionQuery { PageSize = 2 }, default)).Next.ShouldBeNull();
        (await Store.QueryWorkflowsAsync(new ExecutionQuery { Name = "none" }, default)).Next.ShouldBeNull();
    }

    private async Task A_page_that_cannot_be_is_refused(int pageSize, string? after)
    {
        var query = new ExecutionQuery { PageSize = pageSize, After = after };

        foreach (var asking in new Func<Task>[]
        {
            () => Store.QueryWorkflowsAsync(query, default), () => Store.QueryTasksAsync(query, default), () => Store.QueryActionsAsync(query, default),
        })
        {
            (await Expect.ThrowsAsync<StoreException>(asking)).Refusal.ShouldBe(CommitRefusal.Invalid);
        }
    }

    private static async Task<List<T>> AllPagesAsync<T>(
        ExecutionQuery query, Func<ExecutionQuery, CancellationToken, Task<ExecutionPage<T>>> askAsync)
        where T : IExecution
    {
        var all = new List<T>();
        ExecutionPage<T> page;
        do
        {
            page = await askAsync(query, default);
            (page.Items.Count <= query.PageSize).ShouldBe(true);
            all.AddRange(page.Items);
            query = query with { After = page.Next };
        }
        while (page.Next is not null);
        return all;
    }
}
