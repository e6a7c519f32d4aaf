namespace Mistral.Executions;

/// <summary>The kind of a <see cref="JsonData"/> value.</summary>
public enum JsonKind
{
    /// <summary>JSON <c>null</c>; the kind of <c>default(JsonData)</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number of any size.</summary>
    Integer,

    /// <summary>A number written with a fraction or an exponent.</summary>
    Float,

    /// <summary>A text.</summary>
    String,

    /// <summary>An ordered list of values.</summary>
    Array,

    /// <summary>A map from names to values.</summary>
    Object,
}
