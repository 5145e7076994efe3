using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Podcasto.Costs.Benchmarks.Client;

/// <summary>A process that takes batches, counts their events and acknowledges them, and does nothing else.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly Process _process;

    public Receiver()
    {
        var port = FreePort();
        Address = new Uri($"http://127.0.0.1:{port}/");
        _process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, ["receive", port.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false }
        )!;
        using var http = new HttpClient { BaseAddress = Address };
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                using var response = http.GetAsync(new Uri("/", UriKind.Relative)).GetAwaiter().GetResult();
                return;
            }
            catch (HttpRequestException)
            {
                Thread.Sleep(50);
            }
        }
    }

    public Uri Address { get; }

    public double CpuSeconds => Load.Cpu.Of(_process.Id);

    /// <summary>The receiving process itself.</summary>
    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.Run(CountAsync);
        await app.RunAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task CountAsync(HttpContext context)
    {
        var braces = 0;
        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAtLeastAsync((int)Math.Min(context.Request.ContentLength ?? 0, int.MaxValue));
            foreach (var part in read.Buffer)
                braces += part.Span.Count((byte)'{');
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        // An event has one, and its metadata another; a longer pattern might lie across two parts.
        await context.Response.WriteAsync($$"""{"accepted":{{braces / 2}},"duplicates":0,"unpriced":0,"total_cost_usd":"0"}""");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
