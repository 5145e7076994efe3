using System.CommandLine;
using System.Text.Json;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Http;
using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client;
using Spectre.Console;

namespace Podcasto.Costs.Cli.Commands.Catalog;

internal static class CatalogPutCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = """{"podcasts": [...], "episodes": [...]}; - for standard input""" };
        return new Command("put", "Add or update podcasts and episodes: their titles, and which belongs to which")
            .With(file)
            .Does(
                Patience.Long,
                async (session, given, cancellationToken) =>
                {
                    session.Json.IsOpen = false;
                    var catalog = await CatalogFile.ReadAsync(given.GetRequiredValue(file), cancellationToken);
                    var (podcasts, episodes) = await SendAsync(session, catalog, cancellationToken);
                    Report(session, podcasts, episodes);
                    return ExitCodes.Ok;
                }
            );
    }

    private static async Task<(int Podcasts, int Episodes)> SendAsync(Session session, CatalogFile catalog, CancellationToken cancellationToken)
    {
        var (podcasts, episodes) = (0, 0);
        foreach (var part in catalog.Parts())
        {
            try
            {
                var receipt = await session.Costs.Catalog.SendAsync(part, cancellationToken);
                (podcasts, episodes) = (podcasts + receipt.Podcasts, episodes + receipt.Episodes);
            }
            catch (CostsApiException) when (podcasts + episodes > 0)
            {
                session.Note(
                    $"Already stored: podcasts {Words.Count(podcasts)}, episodes {Words.Count(episodes)}. What is named below counts from there."
                );
                throw;
            }
        }

        return (podcasts, episodes);
    }

    private static void Report(Session session, int podcasts, int episodes)
    {
        if (!session.IsJson)
        {
            session.Result.WriteLine($"Added or updated: podcasts {Words.Count(podcasts)}, episodes {Words.Count(episodes)}");
            return;
        }

        using (var writer = new Utf8JsonWriter(session.Output))
        {
            writer.WriteStartObject();
            writer.WriteNumber("podcasts", podcasts);
            writer.WriteNumber("episodes", episodes);
            writer.WriteEndObject();
        }

        session.Output.Write("\n"u8);
    }
}
