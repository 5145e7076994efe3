namespace Podcasto.Costs.Server.Storage;

/// <summary>The conditions of a query; those that a request does not ask for are left out, so that the planner sees plain ranges.</summary>
internal sealed class Conditions
{
    private readonly List<string> _conditions = [];

    /// <summary>The <c>where</c> clause; empty without conditions.</summary>
    public string Where => _conditions.Count == 0 ? "" : "where " + string.Join(" and ", _conditions);

    public void Add(string condition) => _conditions.Add(condition);

    public void AddIf(bool wanted, string condition)
    {
        if (wanted)
            _conditions.Add(condition);
    }
}
