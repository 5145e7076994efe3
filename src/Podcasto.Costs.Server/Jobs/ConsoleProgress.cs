namespace Podcasto.Costs.Server.Jobs;

/// <summary>A bar that is written over on a terminal; a line a stage where the output goes elsewhere.</summary>
internal sealed class ConsoleProgress : IProgress<JobProgress>
{
    private const int Width = 30;

    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private string _stage = "";
    private bool _open;

    public void Report(JobProgress value)
    {
        if (_isTerminal)
        {
            Console.Error.Write($"\r{value.Stage, -12} {Bar(value)} {Differences(value), -24}");
            _open = true;
        }
        else if (value.Stage != _stage)
        {
            Console.Error.WriteLine(value.Total > 0 ? $"{value.Stage} of {value.Total} ..." : $"{value.Stage} ...");
        }

        _stage = value.Stage;
    }

    public void Print(string line)
    {
        Finish();
        Console.WriteLine(line);
    }

    public void Finish()
    {
        if (_open)
            Console.Error.WriteLine();
        _open = false;
    }

    private static string Bar(JobProgress value)
    {
        if (value.Total <= 0)
            return $"{value.Done}";
        var full = (int)(Width * Math.Min(value.Done, value.Total) / value.Total);
        return $"[{new string('#', full)}{new string('.', Width - full)}] {value.Done} of {value.Total}";
    }

    private static string Differences(JobProgress value) => value.Differences == 0 ? "" : $"{value.Differences} differences";
}
