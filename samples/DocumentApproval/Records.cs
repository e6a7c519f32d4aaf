namespace DocumentApproval;

internal sealed record Mail(string To, string Text);

/// <summary>What a person said.</summary>
internal sealed record Verdict(bool Approved, string By, string Comment);

internal sealed record Approval(string Document, string Sha256, string By, string Comment);
