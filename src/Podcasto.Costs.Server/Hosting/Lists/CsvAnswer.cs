using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Podcasto.Costs.Server.Hosting.Lists;

/// <summary>A whole list as CSV, streamed: memory does not grow with it. Text that a spreadsheet would run as a formula is made harmless.</summary>
internal sealed class CsvAnswer<T>(IAsyncEnumerable<T> rows, IReadOnlyList<CsvColumn<T>> columns) : IResult
{
    private const int FlushEvery = 200;

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = ['=', '+', '-', '@', '\t', '\r'],
        InjectionEscapeCharacter = '\'',
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // The first row is asked for before the answer starts, so that a database that is away is still a 503.
        await using var cursor = rows.GetAsyncEnumerator(httpContext.RequestAborted);
        var more = await cursor.MoveNextAsync();
        httpContext.Response.ContentType = "text/csv; charset=utf-8";
        await using var text = new StreamWriter(httpContext.Response.Body, new UTF8Encoding(false), leaveOpen: true);
        await using var csv = new CsvWriter(text, Configuration, leaveOpen: true);
        foreach (var column in columns)
            csv.WriteField(column.Name);
        await csv.NextRecordAsync();
        for (var count = 1; more; count++)
        {
            foreach (var column in columns)
                csv.WriteField(CsvText.Of(column.Get(cursor.Current)));
            await csv.NextRecordAsync();
            if (count % FlushEvery == 0)
                await csv.FlushAsync();
            more = await cursor.MoveNextAsync();
        }

        await csv.FlushAsync();
    }
}
