using System.Runtime.InteropServices;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>Has the tracker's end come before the process's, also where nobody disposes of it, an exception ends it all, or a signal does.</summary>
internal sealed class ProcessEnd : IDisposable
{
    private static readonly PosixSignal[] Deadly = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP];

    private readonly Func<Task> _stop;
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Waits for the end.</summary>
    /// <param name="stop">Ends the tracker.</param>
    /// <param name="flush">Sends what waits; null where a host hears the signals, and ends the program in order.</param>
    public ProcessEnd(Func<Task> stop, Func<Task>? flush)
    {
        _stop = stop;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        if (flush is not null)
            Hear(flush);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        foreach (var signal in _signals)
            signal.Dispose();
    }

    // A signal that nobody handles ends the process without any of the events above. Whether somebody does is not known here, so the tracker is not
    // stopped: it may have more to do.
    private void Hear(Func<Task> flush)
    {
        try
        {
            foreach (var signal in Deadly)
                _signals.Add(PosixSignalRegistration.Create(signal, context => OnSignal(context, flush)));
        }
        catch (PlatformNotSupportedException)
        {
            // A platform without signals.
        }
    }

    private static void OnSignal(PosixSignalContext context, Func<Task> flush)
    {
        if (!context.Cancel)
            flush().GetAwaiter().GetResult();
    }

    private void OnExit(object? sender, EventArgs e) => _stop().GetAwaiter().GetResult();

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs e)
    {
        if (e.IsTerminating)
            OnExit(sender, e);
    }
}
