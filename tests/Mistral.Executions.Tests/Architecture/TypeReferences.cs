using System.Reflection;
using System.Reflection.Emit;

namespace Mistral.Executions.Tests.Architecture;

/// <summary>Which types a type uses: in what it is, in signatures, fields, attributes and bodies.</summary>
internal sealed class TypeReferences
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Value);

    private readonly HashSet<Type> _found = [];

    private TypeReferences()
    {
    }

    /// <summary>The outermost types that a type uses, its own left out. What lies inside of the type is not looked at.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var references = new TypeReferences();
        references.AddType(type);
        var found = references._found.Select(Outermost).ToHashSet();
        found.Remove(Outermost(type));
        return found;
    }

    public static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    private void AddType(Type type)
    {
        Add(type.BaseType);
        AddAll(type.GetInterfaces());
        AddAttributes(type);
        foreach (var parameter in type.GetGenericArguments().Where(a => a.IsGenericParameter))
        {
            AddAll(parameter.GetGenericParameterConstraints());
        }

        foreach (var member in type.GetMembers(All))
        {
            AddAttributes(member);
            switch (member)
            {
                case FieldInfo field:
                    Add(field.FieldType);
                    break;
                case MethodBase method:
                    AddMethod(method);
                    break;
            }
        }
    }

    private void AddMethod(MethodBase method)
    {
        AddAll(method.GetParameters().Select(p => p.ParameterType));
        Add((method as MethodInfo)?.ReturnType);
        if (method.IsGenericMethodDefinition)
        {
            foreach (var parameter in method.GetGenericArguments())
            {
                AddAll(parameter.GetGenericParameterConstraints());
            }
        }

        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        AddAll(body.LocalVariables.Select(v => v.LocalType));
        AddAll(body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType!));
        AddBody(method, body.GetILAsByteArray()!);
    }

    private void AddBody(MethodBase method, byte[] code)
    {
        var typeArguments = method.DeclaringType!.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (var place = 0; place < code.Length;)
        {
            var opCode = code[place] == 0xFE ? OpCodesByValue[(short)(0xFE00 | code[place + 1])] : OpCodesByValue[code[place]];
            place += opCode.Size;
            if (opCode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                AddMember(method.Module.ResolveMember(BitConverter.ToInt32(code, place), typeArguments, methodArguments)!);
            }

            place += OperandSize(opCode.OperandType, code, place);
        }
    }

    private void AddMember(MemberInfo member)
    {
        Add(member as Type ?? member.DeclaringType);
        switch (member)
        {
            case FieldInfo field:
                Add(field.FieldType);
                break;
            case MethodBase method:
                AddAll(method.GetParameters().Select(p => p.ParameterType));
                Add((method as MethodInfo)?.ReturnType);
                if (method.IsGenericMethod)
                {
                    AddAll(method.GetGenericArguments());
                }

                break;
        }
    }

    private void AddAttributes(MemberInfo member)
    {
        foreach (var attribute in member.GetCustomAttributesData())
        {
            Add(attribute.AttributeType);
            AddAll(attribute.ConstructorArguments.Select(a => a.Value as Type));
        }
    }

    private void AddAll(IEnumerable<Type?> types)
    {
        foreach (var type in types)
        {
            Add(type);
        }
    }

    private void Add(Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(type.GetElementType());
            return;
        }

        if (type.IsGenericType)
        {
            AddAll(type.GetGenericArguments());
        }

        _found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }

    private static int OperandSize(OperandType type, byte[] code, int place) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, place)),
        _ => 4,
    };
}
