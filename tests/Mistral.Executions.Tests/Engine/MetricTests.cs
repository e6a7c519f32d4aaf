using System.Diagnostics.Metrics;

namespace Mistral.Executions.Tests.Engine;

[NonParallelizable]
public sealed class MetricTests
{
    private readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = [];
    private MeterListener _listener = null!;

    [SetUp]
    public void Listen()
    {
        _measured.Clear();
        _listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Mistral.Executions")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    [TearDown]
    public void Stop() => _listener.Dispose();

    [Test]
    public async Task Workflows_are_counted_when_they_start_and_when_they_end_by_state()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: [EngineBench.Chain("metric.good", "test.do"), EngineBench.Chain("metric.bad", "test.fail")]);

        await (await engine.StartAsync("metric.good")).WaitAsync();
        await (await engine.StartAsync("metric.bad")).WaitAsync();
        await bench.SettleAsync();

        Of("mistral.workflow.started", "metric.good").Should().ContainSingle();
        Of("mistral.workflow.ended", "metric.good").Should().ContainSingle().Which["mistral.execution.state"].Should().Be("SUCCESS");
        Of("mistral.workflow.ended", "metric.bad").Should().ContainSingle().Which["mistral.execution.state"].Should().Be("ERROR");
        Of("mistral.task.ended", "metric.bad").Should().ContainSingle().Which["mistral.execution.state"].Should().Be("ERROR");
    }

    [Test]
    public async Task A_change_of_an_execution_that_ended_before_is_no_further_end()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("metric.changed", "test.do"));
        var run = await engine.StartAsync("metric.changed");
        await run.WaitAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        await engine.UpdateAsync(run.Id, description: "seen");
        await bench.SettleAsync();

        Of("mistral.workflow.ended", "metric.changed").Should().ContainSingle();
    }

    [Test]
    public async Task Transactions_are_measured_with_the_trees_they_change()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: EngineBench.Chain("metric.commits", "test.do"));

        await (await engine.StartAsync("metric.commits")).WaitAsync();
        await bench.SettleAsync();

        lock (_measured)
        {
            _measured.Where(m => m.Name == "mistral.commit.trees").Should().HaveCountGreaterThanOrEqualTo(2).And.OnlyContain(m => m.Value >= 1);
        }
    }

    [Test]
    public async Task A_timer_that_fires_late_tells_how_late()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(workflows: new WorkflowBuilder("delayed").Task("t", t => t.Action("test.do").WaitBefore(TimeSpan.FromSeconds(10))).Build());
        var run = await engine.StartAsync("delayed");

        await bench.AdvanceAsync(TimeSpan.FromSeconds(73));
        await run.WaitAsync();

        lock (_measured)
        {
            _measured.Should().Contain(m => m.Name == "mistral.timer.lag" && m.Value == 63);
        }
    }

    [Test]
    public async Task Bodies_that_run_and_bodies_that_wait_for_their_turn_can_be_looked_at()
    {
        await using var bench = new EngineBench();
        var engine = await bench.OpenAsync(e => e.MaximumParallelActions = 1, workflows: EngineBench.Chain("metric.gates", "test.gate"));
        await engine.StartAsync("metric.gates");
        await engine.StartAsync("metric.gates");
        await bench.Gates.NextAsync();

        _listener.RecordObservableInstruments();

        lock (_measured)
        {
            _measured.Should().Contain(m => m.Name == "mistral.action.open" && m.Value == 2);
            _measured.Should().Contain(m => m.Name == "mistral.action.queued" && m.Value == 1);
        }
    }

    private List<Dictionary<string, object?>> Of(string name, string workflow)
    {
        lock (_measured)
        {
            return [.. _measured.Where(m => m.Name == name && Equals(m.Tags.GetValueOrDefault("mistral.workflow.name"), workflow)).Select(m => m.Tags)];
        }
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray().ToDictionary(t => t.Key, t => t.Value);
        lock (_measured)
        {
            _measured.Add((instrument.Name, value, all));
        }
    }
}
