namespace Mistral.Executions.Cli.Rendering;

/// <summary>Calls that the help shows.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, IReadOnlyList<string>> ByCommand = new(StringComparer.Ordinal)
    {
        ["list"] =
        [
            "mistral list --store orders.db",
            "mistral list --state ERROR --since 1d",
            "mistral list --kind task --parent order-A-17 --json",
        ],
        ["show"] = ["mistral show order-A-17", "mistral show order-A-17 --data"],
        ["watch"] = ["mistral watch order-A-17", "mistral watch"],
        ["explain"] = ["mistral explain order-A-17"],
        ["history"] = ["mistral history order-A-17"],
        ["diagram"] =
        [
            "mistral diagram order-A-17 > order.mmd",
            "mistral diagram order-A-17 --format dot | dot -Tsvg > order.svg",
            "mistral diagram workflows/order.yaml",
        ],
        ["pause"] = ["mistral pause order-A-17 --reason \"The warehouse moves.\""],
        ["resume"] = ["mistral resume order-A-17", "mistral resume order-A-17 --env '{\"carrier\": \"dhl\"}'"],
        ["cancel"] = ["mistral cancel order-A-17 --reason \"The customer changed his mind.\""],
        ["rerun"] = ["mistral rerun order-A-17", "mistral rerun order-A-17 --task charge --failed-items"],
        ["skip"] = ["mistral skip order-A-17 --task charge"],
        ["purge"] =
        [
            "mistral purge --older-than 30d --failures-older-than 180d",
            "mistral purge --keep 10000 --archive archive.db",
            "mistral purge --max-size 2GiB",
        ],
        ["backup"] = ["mistral backup /backups/orders.db --force"],
        ["doctor"] = ["mistral doctor"],
        ["validate"] = ["mistral validate workflows/*.yaml"],
        ["run"] =
        [
            "mistral run hello.yaml --input '{\"name\": \"Ann\"}'",
            "mistral run order.yaml --workflow order --input @order.json --store orders.db --id order-A-17",
        ],
        ["completions"] = ["source <(mistral completions bash)"],
    };

    public static IReadOnlyList<string> Of(string command) => ByCommand.GetValueOrDefault(command, []);
}
