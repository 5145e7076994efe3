namespace Podcasto.Costs.Server.Storage;

/// <summary>The verb <c>backup</c>: a copy of a SQLite database while a server goes on writing to it.</summary>
internal static class BackupVerb
{
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (args is not [_, { Length: > 0 } target, ..] || target.StartsWith('-'))
            return await Verbs.RefuseAsync();
        try
        {
            if (services.GetRequiredService<Database>() is not SqliteDatabase database)
                throw new InvalidOperationException("this is PostgreSQL: use pg_dump.");
            database.BackUp(target);
            Console.WriteLine($"{target} holds what was committed until now.");
            return 0;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"backup could not run: {exception.Message}");
            return Verbs.CouldNotRun;
        }
    }
}
