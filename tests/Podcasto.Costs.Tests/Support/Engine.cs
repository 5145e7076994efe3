namespace Podcasto.Costs.Tests.Support;

public enum Engine
{
    Sqlite,
    Postgres,
}
