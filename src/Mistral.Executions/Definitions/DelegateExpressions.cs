using System.Diagnostics.CodeAnalysis;

namespace Mistral.Executions;

/// <summary>Makes expressions of the delegates and constants that the builders take.</summary>
internal static class DelegateExpressions
{
    public static IExpression Value(string place, Func<IExpressionContext, JsonData> value) => new DelegateExpression(place, value);

    [RequiresUnreferencedCode(JsonConversion.Warning)]
    [RequiresDynamicCode(JsonConversion.Warning)]
    public static IExpression Value(string place, Func<IExpressionContext, object?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DelegateExpression(place, context => JsonData.FromObject(value(context)));
    }

    public static IExpression Text(string place, Func<IExpressionContext, string> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DelegateExpression(place, context => value(context));
    }

    public static IExpression Condition(string place, Func<IExpressionContext, bool> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DelegateExpression(place, context => value(context));
    }

    public static IExpression Count(string place, Func<IExpressionContext, int> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DelegateExpression(place, context => value(context));
    }

    public static IExpression Seconds(string place, Func<IExpressionContext, TimeSpan> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DelegateExpression(place, context => Seconds(value(context)));
    }

    public static IExpression Constant(JsonData value) => new ConstantExpression(value);

    public static IExpression Constant(TimeSpan value) => new ConstantExpression(Seconds(value));

    private static JsonData Seconds(TimeSpan value) =>
        value.Ticks % TimeSpan.TicksPerSecond == 0 ? (JsonData)(value.Ticks / TimeSpan.TicksPerSecond) : value.TotalSeconds;
}
