using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Sessions;

/// <summary>The keys that protect cookies and forms, in the database: several servers, and a server that starts again, share sessions.</summary>
internal sealed class DataProtectionStore(Database database, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => Wait(ReadAsync);

    public void StoreElement(XElement element, string friendlyName) => Wait(() => AddAsync(element, friendlyName));

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var stored = await connection.QueryAsync<string>("select xml from data_protection_keys order by created_at, id");
        return [.. stored.Select(xml => XElement.Parse(xml))];
    }

    private async Task<bool> AddAsync(XElement element, string name)
    {
        var now = clock.GetUtcNow();
        var row = new
        {
            id = Guid.CreateVersion7(now),
            name,
            xml = element.ToString(SaveOptions.DisableFormatting),
            now,
        };
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync("insert into data_protection_keys (id, name, xml, created_at) values (@id, @name, @xml, @now)", row);
        return true;
    }

    // The interface is synchronous, and may be called from where a page is rendered: continuations must not wait for that thread.
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
