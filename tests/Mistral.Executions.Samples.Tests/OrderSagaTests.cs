using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Mistral.Executions.Testing;
using OrderSaga;

namespace Mistral.Executions.Samples.Tests;

public sealed class OrderSagaTests : TemporaryFolder
{
    private static readonly NewOrder Lamps = new("A-17", "lamp", 2, 42);

    private int _ledgers;
    private Ledger _ledger = null!;

    [Test]
    public async Task An_order_is_paid_reserved_and_shipped()
    {
        await using var host = CreateHost();
        host.Action(OrderWorkflow.Delivery).Returns(true, after: TimeSpan.FromDays(2));

        var run = await host.RunAsync(OrderWorkflow.Name, Lamps);

        run.ShouldSucceed().ShouldHaveRun("pay", "reserve", "book", "deliver").Took.Should().Be(TimeSpan.FromDays(2));
        run.Output.ToString().Should().Be("""{"receipt":"R-A-17","parcel":"P-A-17"}""");
        Done().Should().Equal("charged 42", "reserved 2", "booked 1");
    }

    [Test]
    public async Task What_was_done_is_taken_back_the_last_first_when_the_courier_loses_the_parcel()
    {
        await using var host = CreateHost();
        host.Action(OrderWorkflow.Delivery).Fails("It fell into the sea.", after: TimeSpan.FromDays(1));

        var run = await host.RunAsync(OrderWorkflow.Name, Lamps);

        run.ShouldFail("The money was given back: It fell into the sea.").ShouldHaveRun("pay", "reserve", "book", "deliver", "release", "refund");
        Done().Should().Equal("charged 42", "reserved 2", "booked 1", "released 2", "refunded 42");
    }

    [Test]
    public async Task A_courier_who_says_nothing_for_five_days_has_lost_the_parcel()
    {
        await using var host = CreateHost();

        var run = await host.RunAsync(OrderWorkflow.Name, Lamps);

        run.ShouldFail("The money was given back").Took.Should().Be(TimeSpan.FromDays(5));
        Done()[^1].Should().Be("refunded 42");
    }

    [Test]
    public async Task What_is_not_in_stock_is_not_reserved_and_the_money_goes_back()
    {
        await using var host = CreateHost();

        var run = await host.RunAsync(OrderWorkflow.Name, Lamps with { Quantity = 11 });

        run.ShouldFail("There are 10 of 'lamp', not 11.").ShouldHaveRun("pay", "reserve", "refund");
        Done().Should().Equal("charged 42", "refunded 42");
    }

    [Test]
    public async Task Nothing_is_taken_back_when_the_bank_refuses()
    {
        await using var host = CreateHost();

        var run = await host.RunAsync(OrderWorkflow.Name, Lamps with { Amount = 5000 });

        run.ShouldFail("The bank does not charge 5000.").ShouldHaveRun("pay");
        run.Task("pay").Attempts.Should().Be(4);
        Done().Should().BeEmpty();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Nobody_can_tell_when_the_process_dies_after_any_commit(bool delivered)
    {
        WorkflowTestHost Create()
        {
            var host = CreateHost();
            var courier = host.Action(OrderWorkflow.Delivery);
            _ = delivered ? courier.Returns(true, after: TimeSpan.FromDays(2)) : courier.Fails("lost", after: TimeSpan.FromDays(2));
            return host;
        }

        var report = await CrashTest.EveryCommitAsync(
            Create, OrderWorkflow.Name, Lamps, new() { End = run => $"{run.State} {run.Output}\n{string.Join('\n', Done())}" });

        report.Commits.Should().BeGreaterThan(4);
    }

    [Test]
    public async Task Clients_and_couriers_can_say_everything_twice()
    {
        await using var application = OrderApplication.Create(["--urls", "http://127.0.0.1:0"]);
        await application.Services.OpenExecutionEngineAsync();
        await application.StartAsync();
        using var client = new HttpClient { BaseAddress = new(application.Urls.Single()) };

        var first = await client.PostAsJsonAsync("/orders", new { order_id = "A-17", sku = "lamp", quantity = 2, amount = 42 });
        first.StatusCode.Should().Be(HttpStatusCode.Accepted);
        first.Headers.Location.Should().Be("/orders/A-17");
        (await client.PostAsJsonAsync("/orders", new { order_id = "A-17", sku = "lamp", quantity = 2, amount = 42 })).StatusCode.Should().Be(HttpStatusCode.OK);
        (await client.PostAsJsonAsync("/orders", new { order_id = "A-17", sku = "lamp", quantity = 3, amount = 42 })).StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await client.PostAsJsonAsync("/orders", new { order_id = " ", sku = "lamp", quantity = 3, amount = 42 })).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await client.PostAsJsonAsync("/orders", new { order_id = "B" })).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await client.GetAsync("/orders/B")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await client.GetAsync("/orders/B/explanation")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        await DeliveryAsync(client);
        (await client.GetStringAsync("/orders/A-17/explanation")).Should().Contain("task 'deliver' RUNNING");
        (await TellAsync(client, "A-17")).Should().Be("""{"accepted":true}""");
        (await TellAsync(client, "A-17")).Should().Be("""{"accepted":false}""");
        (await TellAsync(client, "B")).Should().Be("""{"accepted":false}""");

        (await application.Services.GetRequiredService<ExecutionEngine>().WaitAsync("A-17")).State.Should().Be(ExecutionState.Success);
        (await client.GetStringAsync("/orders/A-17")).Should().StartWith("""{"order_id":"A-17","state":"SUCCESS","reason":null,"output":{"receipt":"R-A-17","parcel":"P-A-17"},"tasks":[{"name":"pay","state":"SUCCESS"},""");
        await application.StopAsync();
    }

    [Test]
    public async Task Killed_while_the_parcel_is_under_way_it_hears_from_the_courier_after_its_restart()
    {
        using (var killed = SampleProcess.Start("OrderSaga", Folder, "--urls", "http://127.0.0.1:0"))
        {
            using var client = await ClientAsync(killed);
            await client.PostAsJsonAsync("/orders", new { order_id = "A-17", sku = "lamp", quantity = 2, amount = 42 });
            await DeliveryAsync(client);
            await killed.KillAsync();
        }

        using (var restarted = SampleProcess.Start("OrderSaga", Folder, "--urls", "http://127.0.0.1:0"))
        {
            using var client = await ClientAsync(restarted);
            (await TellAsync(client, "A-17")).Should().Be("""{"accepted":true}""");
            await restarted.KillAsync();
        }

        await using var engine = await ExecutionEngine.OpenAsync(Path.Combine(Folder, "orders.db"), e => OrderWorkflow.Register(e, new(new("ledger.jsonl"), new Dictionary<string, int>())));
        (await engine.WaitAsync("A-17")).State.Should().Be(ExecutionState.Success);
        new Ledger("ledger.jsonl").Entries.Select(e => e.What).Should().Equal("charged", "reserved", "booked");
    }

    private static async Task<HttpClient> ClientAsync(SampleProcess process)
    {
        var line = await process.WaitForAsync("Now listening on: ");
        return new() { BaseAddress = new(line[line.IndexOf("http", StringComparison.Ordinal)..]) };
    }

    private static async Task DeliveryAsync(HttpClient client)
    {
        while (!(await client.GetStringAsync("/orders/A-17")).Contains("\"deliver\"", StringComparison.Ordinal))
        {
            // Each look is a request of its own: nothing is slept.
        }
    }

    private static async Task<string> TellAsync(HttpClient client, string order) =>
        await (await client.PostAsJsonAsync($"/courier/{order}", new { delivered = true })).Content.ReadAsStringAsync();

    private WorkflowTestHost CreateHost()
    {
        var shop = new Shop(_ledger = new($"ledger-{++_ledgers}.jsonl"), new Dictionary<string, int> { ["lamp"] = 10 });
        return new(e => OrderWorkflow.Register(e, shop));
    }

    private List<string> Done() => [.. _ledger.Entries.Select(e => $"{e.What} {e.Amount:0.##}")];
}
