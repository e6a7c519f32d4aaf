using System.Globalization;
using Mistral.Executions;

namespace NightlyBackup;

/// <summary>What the command line says.</summary>
internal sealed record BackupArguments(string Source, string Destination, int Keep, TimeOnly At, bool Once)
{
    public const string Usage = "Usage: NightlyBackup SOURCE DESTINATION [--keep 7] [--at 02:30] [--once]";

    public JsonMap Input => JsonMap.Create(
        ("source", Source), ("destination", Destination), ("keep", Keep), ("at", At.ToString("HH:mm", CultureInfo.InvariantCulture)));

    public static BackupArguments Parse(string[] arguments)
    {
        var folders = new List<string>();
        var (keep, at, once) = (7, new TimeOnly(2, 30), false);
        for (var place = 0; place < arguments.Length; place++)
        {
            switch (arguments[place])
            {
                case "--once":
                    once = true;
                    break;
                case "--keep":
                    keep = int.TryParse(After(place++), out var number) && number > 0 ? number : throw new ArgumentException("'--keep' needs a number from 1 on.");
                    break;
                case "--at":
                    at = TimeOnly.TryParseExact(After(place++), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                        ? time
                        : throw new ArgumentException("'--at' needs a time as 02:30.");
                    break;
                case ['-', ..] option:
                    throw new ArgumentException($"There is no option '{option}'.");
                default:
                    folders.Add(Path.GetFullPath(arguments[place]));
                    break;
            }
        }

        if (folders is not [var source, var destination])
        {
            throw new ArgumentException("Two folders are needed.");
        }

        return !Directory.Exists(source) ? throw new ArgumentException($"There is no folder {source}.")
            : destination == source || destination.StartsWith(source + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? throw new ArgumentException("The copies cannot be kept inside of what is copied.")
                : new(source, destination, keep, at, once);

        string After(int place) => place + 1 < arguments.Length ? arguments[place + 1] : "";
    }
}
