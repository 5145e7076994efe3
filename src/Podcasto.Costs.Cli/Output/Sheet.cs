using Spectre.Console;

namespace Podcasto.Costs.Cli.Output;

/// <summary>A table: words to the left, numbers to the right.</summary>
internal sealed class Sheet
{
    private readonly Table _table = new Table().Border(TableBorder.Simple);

    public Sheet Column(string title)
    {
        _table.AddColumn(new TableColumn(new Text(title)));
        return this;
    }

    public Sheet Numbers(string title)
    {
        _table.AddColumn(new TableColumn(new Text(title)).RightAligned().NoWrap());
        return this;
    }

    /// <summary>A cell a column, as plain text whatever is in it.</summary>
    public Sheet Row(params IEnumerable<string?> cells)
    {
        _table.AddRow(cells.Select(cell => new Text(SafeText.Of(cell))));
        return this;
    }

    public void WriteTo(IAnsiConsole console) => console.Write(_table);
}
