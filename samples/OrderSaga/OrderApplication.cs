using System.Text.Json;
using Mistral.Executions;

namespace OrderSaga;

/// <summary>The web application: takes orders, tells how they stand, and hears from the courier.</summary>
internal static class OrderApplication
{
    public static WebApplication Create(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        var folder = builder.Configuration["data"] ?? ".";
        Directory.CreateDirectory(folder);
        var stock = builder.Configuration.GetSection("stock").Get<Dictionary<string, int>>() ?? new() { ["lamp"] = 10, ["chair"] = 4 };
        var shop = new Shop(new(Path.Combine(folder, "ledger.jsonl")), stock);
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            o.SerializerOptions.RespectNullableAnnotations = true;
            o.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        builder.Services.AddMistralExecutions(Path.Combine(folder, "orders.db"), e => OrderWorkflow.Register(e, shop));

        var application = builder.Build();
        application.MapPost("/orders", TakeAsync);
        application.MapGet("/orders/{id}", TellAsync);
        application.MapGet("/orders/{id}/explanation", ExplainAsync);
        application.MapPost("/courier/{id}", HearAsync);
        return application;
    }

    /// <summary>Takes an order. The same order again is the one that is there: a client repeats until it is answered.</summary>
    private static async Task<IResult> TakeAsync(NewOrder order, ExecutionEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            var run = await engine.StartAsync(OrderWorkflow.Name, order, new() { Id = order.OrderId }, cancellationToken);
            return run.IsNew ? Results.Accepted($"/orders/{run.Id}") : await TellAsync(run.Id, engine, cancellationToken);
        }
        catch (ExecutionConflictException exception)
        {
            return Results.Problem(exception.Message, statusCode: StatusCodes.Status409Conflict);
        }
        catch (Exception exception) when (exception is ArgumentException or InputException)
        {
            return Results.Problem(exception.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<IResult> TellAsync(string id, ExecutionEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            var order = await engine.GetWorkflowAsync(id, cancellationToken);
            var tasks = new List<object>();
            await foreach (var task in engine.QueryTasksAsync(new() { ParentId = id }, cancellationToken))
            {
                tasks.Add(new { task.Name, State = task.State.ToWireName() });
            }

            return Results.Ok(new { OrderId = id, State = order.State.ToWireName(), Reason = order.StateInfo, order.Output, Tasks = tasks });
        }
        catch (ExecutionNotFoundException)
        {
            return Results.NotFound();
        }
    }

    private static async Task<IResult> ExplainAsync(string id, ExecutionEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            return Results.Text((await engine.ExplainAsync(id, cancellationToken)).ToString());
        }
        catch (ExecutionNotFoundException)
        {
            return Results.NotFound();
        }
    }

    /// <summary>The courier tells what became of a parcel. Couriers tell things twice: the first word counts.</summary>
    private static async Task<IResult> HearAsync(string id, CourierNews news, ExecutionEngine engine, CancellationToken cancellationToken)
    {
        var waiting = new ExecutionQuery { RootExecutionId = id, Name = OrderWorkflow.Delivery, States = [ExecutionState.Running] };
        var result = news.Delivered ? ActionResult.Success(true) : ActionResult.Error(news.Reason ?? "The courier lost it.");
        await foreach (var delivery in engine.QueryActionsAsync(waiting, cancellationToken))
        {
            try
            {
                await engine.CompleteActionAsync(delivery.Id, result, cancellationToken);
                return Results.Ok(new { Accepted = true });
            }
            catch (InvalidStateTransitionException)
            {
                // Somebody else was faster, or the deadline.
            }
        }

        return Results.Ok(new { Accepted = false });
    }
}
