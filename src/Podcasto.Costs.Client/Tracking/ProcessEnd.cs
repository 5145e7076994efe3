namespace Podcasto.Costs.Client.Tracking;

/// <summary>Has the tracker's end come before the process's, also where nobody disposes of it or an exception ends it all.</summary>
internal sealed class ProcessEnd : IDisposable
{
    private readonly Func<Task> _stop;

    public ProcessEnd(Func<Task> stop)
    {
        _stop = stop;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
    }

    private void OnExit(object? sender, EventArgs e) => _stop().GetAwaiter().GetResult();

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs e)
    {
        if (e.IsTerminating)
            OnExit(sender, e);
    }
}
