using System.Globalization;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>Seconds of CPU that processes have used, from /proc.</summary>
internal static class Cpu
{
    private const double TicksPerSecond = 100;

    /// <summary>Of one process.</summary>
    public static double Of(int process) => Read(process) is { } stat ? Own(stat) : 0;

    /// <summary>Of one process, and of the children that it has or had.</summary>
    public static double OfFamily(int process)
    {
        if (Read(process) is not { } parent)
            return 0;
        var sum = Own(parent) + Ticks(parent, 13) + Ticks(parent, 14);
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && Read(id) is { } stat
                && stat[1] == process.ToString(CultureInfo.InvariantCulture)
            )
                sum += Own(stat);
        }

        return sum;
    }

    /// <summary>Megabytes of memory that a process holds now, and held at most.</summary>
    public static (double Now, double Peak) MemoryOf(int process)
    {
        var lines = File.ReadAllLines($"/proc/{process}/status");
        return (Megabytes(lines, "VmRSS:"), Megabytes(lines, "VmHWM:"));
    }

    private static double Megabytes(string[] lines, string name) =>
        double.Parse(
            lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture
        ) / 1024;

    // The fields after the command's name, which may itself hold blanks: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    private static string[]? Read(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Own(string[] stat) => Ticks(stat, 11) + Ticks(stat, 12);

    private static double Ticks(string[] stat, int field) => double.Parse(stat[field], CultureInfo.InvariantCulture) / TicksPerSecond;
}
