using System.Globalization;
using System.Text.Json;
using Podcasto.Costs.Cli.App;
using Podcasto.Costs.Cli.Output;
using Spectre.Console;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>What became of all events, in words or as one receipt in the server's words.</summary>
internal static class SendReport
{
    public static void Write(Session session, SendTotals totals, string? rejectedFile)
    {
        if (session.IsJson)
            WriteJson(session.Output, totals);
        else
            session.Result.WriteLine(
                $"{Words.Count(totals.Accepted)} accepted, {Words.Count(totals.Duplicates)} duplicates, {Words.Count(totals.Rejected)} rejected; "
                    + $"{Words.Amount(totals.TotalCostUsd)} added"
            );
        if (totals.Unpriced > 0)
            session.Note($"Nothing prices {Words.Count(totals.Unpriced)} of them: podcasto-costs events list --priced-by none");
        if (totals.WithoutId > 0)
            session.Note(
                $"{Words.Count(totals.WithoutId)} had no id and were given one: to send the same input once more would count them once more."
            );
        if (totals.Rejected > 0 && rejectedFile is not null)
            session.Note($"The rejected ones and the reasons are in {rejectedFile}");
    }

    private static void WriteJson(Stream output, SendTotals totals)
    {
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteNumber("accepted", totals.Accepted);
            writer.WriteNumber("duplicates", totals.Duplicates);
            writer.WriteNumber("unpriced", totals.Unpriced);
            writer.WriteString("total_cost_usd", totals.TotalCostUsd.ToString("0.############", CultureInfo.InvariantCulture));
            writer.WriteNumber("rejected", totals.Rejected);
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
