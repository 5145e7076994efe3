using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Server.Archive.Moving;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

public sealed class ArchiveTurnTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_went_wrong_is_not_hidden_by_a_turn_that_cannot_be_given_back(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        await app.StartAsync();
        var turn = app.Services.GetRequiredService<ArchiveTurn>();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => turn.RunAsync<int>(FailAsync, CancellationToken.None));
        Assert.Equal("This went wrong.", error.Message);

        async Task<int> FailAsync(CancellationToken cancellationToken)
        {
            await using var transaction = await app.Services.GetRequiredService<Database>().BeginAsync(LedgerAccess.Exclusive, cancellationToken);
            await Dapper.SqlMapper.ExecuteAsync(transaction.Connection, "alter table leases rename to gone", transaction: transaction.Transaction);
            await transaction.CommitAsync(cancellationToken);
            throw new InvalidOperationException("This went wrong.");
        }
    }
}
