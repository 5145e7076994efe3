using Podcasto.Costs.Server.Rollups.Audit;

namespace Podcasto.Costs.Server.Rollups;

/// <summary>One line that is written over on a terminal; a line a stage where the output goes elsewhere.</summary>
internal sealed class ConsoleProgress
{
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private string _stage = "";
    private bool _open;

    public void Show(AuditProgress progress)
    {
        var total = progress.Total > 0 ? $" of {progress.Total}" : "";
        if (_isTerminal)
        {
            Console.Error.Write($"\r{progress.Stage}: {progress.Done}{total}, {progress.Differences} differences   ");
            _open = true;
        }
        else if (progress.Stage != _stage)
        {
            Console.Error.WriteLine($"{progress.Stage}{total} ...");
        }

        _stage = progress.Stage;
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
}
