namespace Mistral.Executions.Testing;

/// <content>What other processes ask for: every request reaches the engine of its tree, and is answered once.</content>
public sealed partial class ExecutionStoreContract
{
    private static IEnumerable<StoreContractCase> InboxCases =>
    [
        new(nameof(A_request_comes_back_as_it_was_sent), c => c.A_request_comes_back_as_it_was_sent()),
        new(nameof(A_request_is_for_the_engine_of_its_tree_and_its_lease_says_so), c => c.A_request_is_for_the_engine_of_its_tree_and_its_lease_says_so()),
        new(nameof(A_request_for_a_tree_that_nobody_living_owns_is_for_whoever_asks), c => c.A_request_for_a_tree_that_nobody_living_owns_is_for_whoever_asks()),
        new(nameof(The_first_answer_counts_and_ends_the_request), c => c.The_first_answer_counts_and_ends_the_request()),
        new(nameof(A_request_is_answered_with_the_changes_that_carry_it_out_or_not_at_all), c => c.A_request_is_answered_with_the_changes_that_carry_it_out_or_not_at_all()),
        new(nameof(Answers_are_forgotten_after_a_day_and_requests_never), c => c.Answers_are_forgotten_after_a_day_and_requests_never()),
    ];

    private async Task A_request_comes_back_as_it_was_sent()
    {
        var root = await WriteRootAsync();
        var request = Request(root.Id) with { Verb = InboxVerb.RerunTask, Reason = "because", Reset = false, Environment = JsonMap.Create(("a", 1)) };

        await Store.SendRequestAsync(request, default);

        (await Store.ReadRequestAsync(request.Id, default)).ShouldBe(request);
        (await Store.ReadRequestAsync(World.NextId(), default)).ShouldBeNull();
    }

    private async Task A_request_is_for_the_engine_of_its_tree_and_its_lease_says_so()
    {
        var root = await WriteRootAsync();
        await LeaseAsync("engine-2");
        (await RenewAsync(World.EngineId)).HasRequests.ShouldBe(false);
        var first = Request(root.Id);
        var second = Request(root.Id) with { Verb = InboxVerb.Resume };

        await Store.SendRequestAsync(second, default);
        await Store.SendRequestAsync(first, default);
        await Store.SendRequestAsync(first with { Reason = "the same again" }, default);

        (await RequestsAsync(World.EngineId)).ShouldEqual([first, second]);
        (await RenewAsync(World.EngineId)).HasRequests.ShouldBe(true);
        (await RequestsAsync("engine-2")).ShouldEqual();
        (await RenewAsync("engine-2")).HasRequests.ShouldBe(false);
        (await Store.ReadRequestsAsync(World.EngineId, Now, first.Id, 10, default)).ShouldHaveOne().Id.ShouldBe(second.Id);
        (await Store.ReadRequestsAsync(World.EngineId, Now, null, 1, default)).ShouldHaveOne().Id.ShouldBe(first.Id);
    }

    private async Task A_request_for_a_tree_that_nobody_living_owns_is_for_whoever_asks()
    {
        var root = await WriteRootAsync();
        await Store.SendRequestAsync(Request(root.Id), default);
        await Store.SendRequestAsync(Request(World.NextId()), default);
        await LeaseAsync("engine-2", Now.AddHours(2));

        (await Store.ReadRequestsAsync("engine-2", Now, null, 10, default)).ShouldHaveOne();
        (await Store.ReadRequestsAsync("engine-2", Now.AddHours(1), null, 10, default)).Count.ShouldBe(2);
        await Store.ReleaseLeaseAsync(World.EngineId, default);
        (await Store.ReadRequestsAsync("engine-2", Now, null, 10, default)).Count.ShouldBe(2);
    }

    private async Task The_first_answer_counts_and_ends_the_request()
    {
        var root = await WriteRootAsync();
        var request = Request(root.Id);
        await Store.SendRequestAsync(request, default);
        var answer = new InboxAnswer(request.Id, false, "It has ended.", Now);

        await Store.AnswerRequestAsync(answer, default);
        await Store.AnswerRequestAsync(new(request.Id, true, null, Now.AddSeconds(1)), default);
        await Store.AnswerRequestAsync(new(World.NextId(), true, null, Now), default);

        (await Store.ReadRequestAsync(request.Id, default))!.Answer.ShouldBe(answer);
        (await RequestsAsync(World.EngineId)).ShouldEqual();
        (await RenewAsync(World.EngineId)).HasRequests.ShouldBe(false);
    }

    private async Task A_request_is_answered_with_the_changes_that_carry_it_out_or_not_at_all()
    {
        var root = await WriteRootAsync();
        var done = Request(root.Id);
        var failed = Request(root.Id);
        await Store.SendRequestAsync(done, default);
        await Store.SendRequestAsync(failed, default);

        await WriteAsync(World.Changes(root.Id) with { Workflows = [StoredWorld.Finished(root)], Answers = [new(done.Id, true, null, Now)] });
        (await CommitAsync(World.Changes(root.Id, epoch: 2) with { Answers = [new(failed.Id, true, null, Now)] })).Refusal.ShouldBe(CommitRefusal.NotOwner);

        (await Store.ReadRequestAsync(done.Id, default))!.Answer.ShouldBe(new InboxAnswer(done.Id, true, null, Now));
        (await Store.ReadRequestAsync(failed.Id, default))!.Answer.ShouldBeNull();
    }

    private async Task Answers_are_forgotten_after_a_day_and_requests_never()
    {
        var root = await WriteRootAsync();
        var old = Request(root.Id);
        var open = Request(root.Id);
        var fresh = Request(root.Id);
        foreach (var request in new[] { old, open, fresh })
        {
            await Store.SendRequestAsync(request, default);
        }

        await Store.AnswerRequestAsync(new(old.Id, true, null, Now), default);
        await Store.AnswerRequestAsync(new(fresh.Id, true, null, Now.AddHours(2)), default);

        await Store.SendRequestAsync(Request(root.Id) with { SentAt = Now.AddHours(25) }, default);

        (await Store.ReadRequestAsync(old.Id, default)).ShouldBeNull();
        (await Store.ReadRequestAsync(open.Id, default)).ShouldNotBeNull();
        (await Store.ReadRequestAsync(fresh.Id, default)).ShouldNotBeNull();
    }

    private InboxRequest Request(string treeId) => new()
    {
        Id = World.NextId(),
        TreeId = treeId,
        ExecutionId = treeId,
        Verb = InboxVerb.Pause,
        SentAt = Now,
    };

    private Task<IReadOnlyList<InboxRequest>> RequestsAsync(string engineId) => Store.ReadRequestsAsync(engineId, Now, null, 10, default);

    private Task<LeaseRenewal> RenewAsync(string engineId) => Store.RenewLeaseAsync(new EngineLease(engineId, Now.AddMinutes(1)), Now, default);
}
