using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mistral.Executions.Tests.Secrets;

/// <summary>Records come into logs by themselves, so none of them says data in its <c>ToString</c>.</summary>
public sealed class RecordTextTests
{
    private const string Marker = "hunter2";

    // JSON values are data, and say them when they are asked. Diagrams and explanations are made of names and of texts that
    // have lost their secrets before.
    private static IEnumerable<Type> Records => typeof(ExecutionEngine).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && !type.ContainsGenericParameters && type.DeclaringType != typeof(JsonData) && IsRecord(type))
        .Where(type => type.Namespace is not "Mistral.Executions.Diagrams" and not "Mistral.Executions.Explanations" && type != typeof(Explanation));

    [TestCaseSource(nameof(Records))]
    public void A_record_says_no_data(Type type) => Filled(type, 0)!.ToString().Should().NotContain(Marker);

    [Test]
    public void The_records_of_executions_say_which_they_are()
    {
        new WorkflowExecution { Id = "w1", Name = "order", State = ExecutionState.Running, DefinitionHash = "h", RootExecutionId = "w1" }.ToString()
            .Should().Be("WorkflowExecution { Id = w1, Name = order, State = Running }");
        new ActionExecution { Id = "a1", Name = "pay", State = ExecutionState.Error }.ToString()
            .Should().Be("ActionExecution { Id = a1, Name = pay, State = Error, TaskExecutionId =  }");
    }

    [Test]
    public void Records_with_data_are_among_them() =>
        Records.Should().Contain([typeof(WorkflowExecution), typeof(TaskExecution), typeof(ActionExecution), typeof(ActionResult), typeof(StoredEnvironment), typeof(StartOptions)]);

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is not null
        || type.GetMethod("<Clone>$") is not null;

    /// <summary>An instance with the marker in all data that it holds, records below it included.</summary>
    private static object? Filled(Type type, int depth)
    {
        if (type == typeof(JsonData) || type == typeof(JsonData?))
        {
            return (JsonData)Marker;
        }

        if (type == typeof(JsonMap))
        {
            return JsonMap.Create((Marker, Marker));
        }

        if (type == typeof(JsonList))
        {
            return JsonList.Create([Marker]);
        }

        if (type.IsAssignableFrom(typeof(ConstantExpression)) && typeof(IExpression).IsAssignableFrom(type))
        {
            return new ConstantExpression(Marker);
        }

        if (depth > 4 || !IsRecord(type) || type.IsAbstract)
        {
            return type == typeof(Uri) ? new Uri("http://host/") : typeof(IEnumerable).IsAssignableFrom(type) || !type.IsValueType ? null : RuntimeHelpers.GetUninitializedObject(type);
        }

        var instance = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            if (Filled(field.FieldType, depth + 1) is { } value)
            {
                field.SetValue(instance, value);
            }
        }

        return instance;
    }
}
