using Spectre.Console;
using Spectre.Console.Rendering;

namespace Podcasto.Costs.Cli.Output;

/// <summary>A table: words to the left, numbers to the right. Where a terminal is too narrow for it, a line a value.</summary>
internal sealed class Sheet
{
    private readonly Table _table = new Table().Border(TableBorder.Simple);
    private readonly List<string> _titles = [];
    private readonly List<string[]> _rows = [];

    public Sheet Column(string title) => Add(title, new TableColumn(new Text(title)));

    public Sheet Numbers(string title) => Add(title, new TableColumn(new Text(title)).RightAligned());

    /// <summary>A cell a column, as plain text whatever is in it.</summary>
    public Sheet Row(params IEnumerable<string?> cells)
    {
        string[] row = [.. cells.Select(SafeText.Of)];
        _rows.Add(row);
        _table.AddRow(row.Select(cell => new Text(cell)));
        return this;
    }

    public void WriteTo(IAnsiConsole console)
    {
        IRenderable table = _table;
        var isNarrow = table.Measure(RenderOptions.Create(console), int.MaxValue).Max > console.Profile.Width;
        console.Write(isNarrow ? Records() : table);
    }

    private Sheet Add(string title, TableColumn column)
    {
        _titles.Add(title);
        _table.AddColumn(column.NoWrap());
        return this;
    }

    // Pictures, which have no title, and what is not there are left out.
    private Grid Records()
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var row in _rows)
        {
            for (var column = 0; column < row.Length; column++)
            {
                if (_titles[column].Length > 0 && row[column].Length > 0)
                    grid.AddRow(new Text(_titles[column]), new Text(row[column]));
            }

            grid.AddEmptyRow();
        }

        return grid;
    }
}
